"""The consultant's desk: clients, their assessments, who works on them, and what is shared with whom."""
