"""The practice floor: an invented call desk at full size, the same every time for the same seed."""

from db.demo.build import DEMO_VERSION, DemoReport, build_demo, demo_is_current
from db.demo.clock import practice_clock

__all__ = ["DEMO_VERSION", "DemoReport", "build_demo", "demo_is_current", "practice_clock"]
