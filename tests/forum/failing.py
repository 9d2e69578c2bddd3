"""The site with a few more addresses, each of which fails in its way."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.app import create_app
from forum.errors import Conflict, Forbidden, TooLarge, TooManyRequests
from tests.builders import Community

SECRET = "a text that somebody wrote"


async def crash(_request: Request) -> Response:
    raise RuntimeError(SECRET)


async def too_many(_request: Request) -> Response:
    raise TooManyRequests(41.5, kept=SECRET)


async def conflict(_request: Request) -> Response:
    raise Conflict(kept=SECRET)


async def too_large(_request: Request) -> Response:
    raise TooLarge


async def forbidden(_request: Request) -> Response:
    raise Forbidden


FAILING = [
    Route("/fails/crash", crash),
    Route("/fails/too-many", too_many),
    Route("/fails/conflict", conflict),
    Route("/fails/too-large", too_large),
    Route("/fails/forbidden", forbidden),
]


def failing(community: Community) -> Starlette:
    """The site with a few more addresses, each of which fails in its way."""
    app = create_app(community.services)
    app.router.routes.extend(FAILING)
    return app
