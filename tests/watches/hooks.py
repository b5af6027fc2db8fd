"""An endpoint's server on this machine, and people who keep endpoints."""

import base64
import hashlib
import hmac
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests import factories
from watches.models import Endpoint
from watches.webhooks import endpoints


@dataclass
class Receiver:
    """``status`` and ``headers`` are its next answer, ``got`` headers and bodies."""

    status: int = 204
    headers: dict = field(default_factory=dict)
    got: list = field(default_factory=list)
    url: str = ""


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.receiver.got.append((headers, body))
        self.send_response(self.receiver.status)
        for name, value in self.receiver.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args):
        pass


def serve():
    """A generator for a fixture: the receiver, then the end of its server."""
    receiver = Receiver()
    handler = type("Handler", (_Handler,), {"receiver": receiver})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield receiver
    server.shutdown()
    server.server_close()


def member(**fields):
    """Somebody who writes for an organisation."""
    user = factories.UserFactory(**fields)
    factories.ScopeFactory(
        user=user, role="contributor", organisation=factories.OrganisationFactory()
    )
    return user


def in_use(user, url):
    """An endpoint that an administrator allowed, and its secret."""
    organisation = user.scopes.get().organisation
    endpoint, secret = endpoints.propose(user, url=url, organisation=organisation)
    chief = factories.UserFactory(is_superuser=True)
    endpoints.decide(endpoint, chief, is_allowed=True)
    return Endpoint.objects.get(pk=endpoint.pk), secret


def mark_of(secret, headers, body):
    """The signature as the standard defines it, computed by other means."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.digest(key, text, hashlib.sha256)
    return "v1," + base64.b64encode(digest).decode()
