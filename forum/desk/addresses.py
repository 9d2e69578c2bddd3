"""Every address of the desk."""

from starlette.routing import Route

from forum.desk import (
    care_pages,
    claiming_pages,
    deciding_pages,
    history_pages,
    item_pages,
    member_pages,
    queue_pages,
)

ROUTES: list[Route] = [
    *queue_pages.ROUTES,
    *history_pages.ROUTES,
    *member_pages.ROUTES,
    *item_pages.ROUTES,
    *deciding_pages.ROUTES,
    *claiming_pages.ROUTES,
    *care_pages.ROUTES,
]
