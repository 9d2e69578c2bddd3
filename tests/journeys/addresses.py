"""The addresses of pages, by who may read them."""

NOWHERE = "/nowhere"
OF_VISITORS = [
    "/",
    "/sign-up",
    "/sign-in",
    "/recover",
    "/guidelines",
    "/reach",
    "/privacy",
    "/transparency",
    "/gatherings",
    "/gatherings/zone",
    "/spaces/welcome",
    NOWHERE,
]
OF_MEMBERS = [
    "/",
    "/rooms",
    "/gatherings",
    "/gatherings?view=list",
    "/gatherings?kind=support&pathway=families",
    "/gatherings/zone",
    "/gatherings?view=week",
    "/notices",
    "/reasons",
    "/settings",
    "/settings/calendar",
    "/reminders",
    "/members/Juniper",
    "/profile/edit",
    "/spaces/one-day",
    "/spaces/one-day/threads/new",
]


OF_THE_TEAM = [
    "/desk",
    "/desk/history",
    "/desk/members/Rowan",
    "/desk/wordings",
    "/desk/wordings/refusal",
    "/desk/roster",
    "/desk/care-for-us",
    "/manage",
    "/manage/spaces/one-day/judgement",
    "/manage/gatherings",
    "/manage/gatherings/new",
    "/manage/bounds",
    "/manage/policy",
    "/manage/guidelines",
    "/manage/guidelines/kindness",
    "/manage/notes",
    "/manage/numbers",
    "/manage/numbers/dates",
    "/guidelines/agree",
]
