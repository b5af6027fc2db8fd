"""One file that holds an installation: the database, media and snapshots.

``archive`` knows the file, ``databases`` how a database becomes a file and again a
database, ``service`` joins them. A backup of one kind of database restores into the
same kind only.
"""


class BackupError(Exception):
    """Its text is for whoever runs the portal."""
