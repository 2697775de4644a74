from dashboard import components

components.heading("报告")
