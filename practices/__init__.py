"""Good practices that other regions can learn from."""
