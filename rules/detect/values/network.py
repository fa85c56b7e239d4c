"""Marks that devices and browsers leave."""

from core import ColumnType, Message
from rules.detect.values.base import Recogniser, pattern

_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"

IP_ADDRESS = Recogniser(
    ColumnType.IP_ADDRESS,
    Message(ja="IPアドレスの形", en="the form of an IP address"),
    pattern(
        rf"^{_OCTET}(?:\.{_OCTET}){{3}}(?:/\d{{1,2}})?$", r"^[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}$"
    ),
    alone=0.97,
)
MAC_ADDRESS = Recogniser(
    ColumnType.MAC_ADDRESS,
    Message(ja="MACアドレスの形", en="the form of a MAC address"),
    pattern(r"^(?:[0-9a-f]{2}[:\-]){5}[0-9a-f]{2}$"),
    alone=0.98,
)
DEVICE_ID = Recogniser(
    ColumnType.DEVICE_ID,
    Message(ja="端末ID（UUID等）の形", en="the form of a device ID such as a UUID"),
    pattern(r"^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$"),
    alone=0.85,
)
RECOGNISERS = (IP_ADDRESS, MAC_ADDRESS, DEVICE_ID)
