from demo.logins import Login, logins


def test_every_login_with_its_address() -> None:
    found = logins()

    assert [(login.host, login.email, login.role) for login in found] == [
        ("demo.localhost", "owner@demo.example", "owner"),
        ("demo.localhost", "test@example.com", "owner"),
        ("demo.localhost", "manager@demo.example", "manager"),
        ("demo.localhost", "staff@demo.example", "staff"),
        ("clinic.localhost", "owner@clinic.example", "owner"),
        ("clinic.localhost", "staff@clinic.example", "staff"),
        ("starter.localhost", "owner@starter.example", "owner"),
        ("starter.localhost", "staff@starter.example", "staff"),
        ("localhost", "admin@platform.example", "admin"),
    ]
    assert found[0] == Login("Willow & Sage Salon", "demo.localhost", "owner@demo.example", "owner", "password")
