"""The real boundary files beside the project, relative to the folder ``nuts``."""

AREA_FILES = [
    *(
        f"nuts_{year}_level{level}_20M.geojson"
        for year in (2013, 2016, 2021, 2024)
        for level in (0, 2)
    ),
    "original/NUTS_RG_20M_2021_4326.geojson",
    "original/NUTS_RG_20M_2024_4326.geojson",
    "original/NUTS_RG_60M_2021_4326_LEVL_0.geojson",
    "original/NUTS_RG_60M_2021_4326_LEVL_1.geojson",
    "original/NUTS_RG_60M_2021_4326_LEVL_2.geojson",
    "original/nuts2json_2016_3035_20M_0.topojson.json",
    "original/nuts2json_2016_3035_20M_2.topojson.json",
]
