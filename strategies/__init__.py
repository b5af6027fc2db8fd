"""What regions declare: strategies, priorities, domains; and the guide's words."""
