"""What templates need of strategies and of the glossary."""
