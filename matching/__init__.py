"""Who might suit whom, the advisor's approval, the jobseeker's yes, the introduction."""
