"""Addresses the portal may be sent to."""

import pytest

from sources.addresses import refuse_address
from sources.exceptions import IngestError

HOSTS = ("data.example.org", "localhost", "127.0.0.1")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://elsewhere.example.org/x.csv", "not among those allowed"),
        ("https://data.example.org.evil.test/x.csv", "not among those allowed"),
        ("https://evil.test/data.example.org", "not among those allowed"),
        ("https://data.example.org@evil.test/", "no address of a file"),
        ("http://data.example.org/x.csv", "not protected"),
        ("ftp://data.example.org/x.csv", "no address of a file"),
        ("file:///etc/passwd", "no address of a file"),
        ("data.example.org/x.csv", "no address of a file"),
        ("https://data.example.org:port/", "no address of a file"),
        ("https://localhost/x.csv", "in a private network"),
        ("https://127.0.0.1/x.csv", "in a private network"),
        ("https://[::1]/x.csv", "not among those allowed"),
        ("https://169.254.169.254/latest", "not among those allowed"),
        ("", "no address of a file"),
    ],
)
def test_an_address_is_refused_unless_its_host_is_listed_and_public(url, words):
    with pytest.raises(IngestError, match=words):
        refuse_address(url, hosts=HOSTS)


def test_an_operator_may_allow_a_host_of_the_own_network():
    refuse_address("http://127.0.0.1:8000/x.csv", hosts=(), private_hosts=["127.0.0.1"])
    with pytest.raises(IngestError, match="in a private network"):
        refuse_address(
            "https://localhost/x.csv", hosts=HOSTS, private_hosts=["127.0.0.1"]
        )
