"""The domain and its stores. Knows neither loaders nor api."""
