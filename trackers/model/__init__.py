"""What things are: plans, regions, periods and reports."""
