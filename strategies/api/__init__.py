"""The REST API of strategies, priorities, domains and the glossary."""
