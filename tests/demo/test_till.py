from collections import Counter

from payments.enums import Method, TransactionStatus
from schedule.enums import Status
from tests.demo.stories import NOW, salon, story_of


def test_only_what_took_place_is_paid_and_at_its_price() -> None:
    assert all(
        paid.appointment.status == Status.COMPLETED
        and paid.amount_cents == paid.appointment.price_cents
        and paid.appointment.updated_at < paid.at <= NOW
        for paid in salon().payments
        if not paid.failed
    )


def test_nearly_everything_is_paid_once() -> None:
    completed = sum(one.status == Status.COMPLETED for one in salon().appointments)
    times_paid = Counter(paid.appointment.id for paid in salon().payments if not paid.failed)

    assert set(times_paid.values()) == {1}
    assert 0.97 < len(times_paid) / completed < 1


def test_every_way_and_end_of_a_payment_occurs() -> None:
    assert {paid.method for paid in salon().payments} == set(Method)
    assert {paid.status for paid in salon().payments} == set(TransactionStatus)


def test_about_one_in_a_hundred_is_refunded_in_part_or_whole() -> None:
    refunded = [paid for paid in salon().payments if paid.refund is not None]

    assert 0.004 < len(refunded) / len(salon().payments) < 0.02
    assert all(0 < paid.refunded_cents <= paid.amount_cents for paid in refunded)
    assert all(paid.at < paid.refund.at <= NOW for paid in refunded if paid.refund)


def test_prices_rose_in_between() -> None:
    prices = {one.price_cents for one in salon().appointments if one.service.name == "Men's Cut"}

    assert prices == {3900, 4200}


def test_a_plan_without_payments_has_none() -> None:
    assert story_of("starter").payments == ()
