"""Every topic of conversation, joined: what the edge looks handlers up in."""

from __future__ import annotations

from handlers.customer import (
    advertising,
    campaign_buttons,
    capture,
    own_requests,
    own_settings,
    points,
    privacy,
    questions,
    scenario_buttons,
    start,
    surveys,
    talk,
    visit_answers,
)
from handlers.routes import Routes
from handlers.staff import (
    bulk,
    campaign_pages,
    campaign_results,
    claim_offers,
    door,
    double_cards,
    edits,
    exports,
    families,
    file_imports,
    labels,
    letters,
    lookup,
    mornings_shown,
    newcomers,
    pages,
    plans,
    quality_pages,
    rfm_pages,
    sales,
    scenario_pages,
    segment_builder,
    segment_pages,
    stages,
    survey_pages,
    task_pages,
    visit_times,
    why_pages,
)


def everything() -> Routes:
    """The whole table. Raises ValueError when two topics answer the same word."""
    topics = (
        *(start, capture, own_requests, own_settings, advertising, points, privacy, surveys, questions, talk),
        *(segment_pages, bulk, segment_builder, campaign_pages, campaign_results, campaign_buttons),
        *(scenario_pages, scenario_buttons, visit_answers, visit_times),
        *(
            stages,
            pages,
            lookup,
            labels,
            edits,
            families,
            plans,
            task_pages,
            mornings_shown,
            newcomers,
            double_cards,
            rfm_pages,
            quality_pages,
            sales,
            exports,
            file_imports,
            claim_offers,
            survey_pages,
            why_pages,
            door,
        ),
    )
    whole = Routes()
    for topic in topics:
        whole.join(topic.routes())
    whole.join(letters.routes(whole.flows, lookup.at_rest()))
    door.share(whole)
    return whole
