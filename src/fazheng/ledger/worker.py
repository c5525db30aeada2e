"""A process that checks ranges: what is asked comes pickled on standard input, each answer leaves on standard output.

It imports nothing but what a range needs. A process of `multiprocessing` would import the program's own first module
once more, and with it the whole program.
"""

import pickle
import sys

from fazheng.ledger.ranges import check


def main() -> None:
    """Answers all that was asked, in order."""
    for one in pickle.load(sys.stdin.buffer):
        pickle.dump(check(one), sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
