"""The remote link, as far as its options go."""

import pytest

from pump.link import checked, described, parser


def test_link_is_off_by_default():
    assert not parser().parse_args([]).remote


def test_remote_flag():
    options = checked(parser().parse_args(["--remote"]))
    assert options.remote
    assert described(options).startswith("link on")


def test_default_address():
    options = parser().parse_args([])
    assert (options.host, options.port) == ("127.0.0.1", 4711)


def test_address_is_parsed():
    options = parser().parse_args(["--host", "10.0.0.7", "--port", "4712"])
    assert (options.host, options.port) == ("10.0.0.7", 4712)
    with pytest.raises(ValueError):
        checked(parser().parse_args(["--port", "99999"]))
    with pytest.raises(ValueError):
        checked(parser().parse_args(["--remote", "--host", ""]))


def test_stop_token_is_parsed():
    options = parser().parse_args(["--stop-token", "ward-3"])
    assert options.stop_token == "ward-3"
    assert described(options).endswith("with a token")
