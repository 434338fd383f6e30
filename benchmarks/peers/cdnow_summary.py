"""Runs where lifetimes is installed: prints the CDNOW purchases it ships and its own summary of every customer, as JSON."""

import json
import sys

from lifetimes.datasets import load_dataset
from lifetimes.utils import summary_data_from_transaction_data


def main() -> None:
    """Columns of the sample: id in the whole set, id, day, discs, dollars."""
    bought = load_dataset("CDNOW_sample.txt", header=None, sep=r"\s+")
    bought.columns = ["whole", "customer", "day", "discs", "money"]
    days = bought["day"].astype(str)
    bought["at"] = days.str[:4] + "-" + days.str[4:6] + "-" + days.str[6:]
    summary = summary_data_from_transaction_data(
        bought, "customer", "at", monetary_value_col="money", observation_period_end="1998-06-30"
    )
    json.dump(
        {
            "bought": bought[["customer", "at", "money"]].values.tolist(),
            "summary": {
                str(customer): [row.frequency, row.recency, row["T"], row.monetary_value]
                for customer, row in summary.iterrows()
            },
        },
        sys.stdout,
    )


main()
