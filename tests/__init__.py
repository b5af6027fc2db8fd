"""The portal's tests; each folder mirrors the app it tests."""
