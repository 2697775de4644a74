"""The domain: plans, figures, judgement and reports. Knows nothing of the dashboard."""
