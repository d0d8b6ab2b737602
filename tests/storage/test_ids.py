from storage import ids


def test_an_id_is_a_positive_bigint():
    assert all(0 < ids.new() <= ids.LARGEST for _ in range(1000))


def test_ids_are_not_drawn_twice():
    assert len({ids.new() for _ in range(1000)}) == 1000
