"""What a person asks of matching: the advisor's decisions, the jobseeker's answers, the employer's cards."""
