"""The Merkle tree against RFC 6962: known roots, the definition written out, and proofs that only the truth has."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from recuento.store.merkle import EMPTY_ROOT, MerkleTree, is_consistent, leaf_hash, node_hash, root_from_inclusion

LEAVES = [bytes.fromhex(one) for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                                         "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""The roots over the first 1, 2, ... 8 of these leaves that implementations of Certificate Transparency agree on."""

sizes = st.integers(1, 70)


def tree_of(size: int) -> MerkleTree:
    """A tree of so many leaves."""
    return MerkleTree(leaf_hash(str(number).encode()) for number in range(size))


def defined_root(leaves: Sequence[bytes]) -> bytes:
    """The root by the words of RFC 6962, 2.1."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(defined_root(leaves[:k]), defined_root(leaves[k:]))


def test_the_known_roots_come_out() -> None:
    """The roots others have published over the same leaves are ours too."""
    tree = MerkleTree(map(leaf_hash, LEAVES))
    assert [tree.root(size).hex() for size in range(1, 9)] == list(ROOTS)
    assert MerkleTree().root() == tree.root(0) == EMPTY_ROOT


@given(sizes)
def test_every_root_is_the_defined_one(size: int) -> None:
    """The fast root of every beginning of the tree is that of the definition."""
    leaves = [leaf_hash(str(number).encode()) for number in range(size)]
    tree = MerkleTree(leaves)
    assert all(tree.root(part) == defined_root(leaves[:part]) for part in range(size + 1))


@given(sizes, st.data())
def test_a_leaf_is_proved_in_its_own_place_only(size: int, data: st.DataObject) -> None:
    """The proof of a leaf leads to the root; with another leaf, place, size or hash it does not."""
    tree = tree_of(size)
    number = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(number)
    leaf, root = leaf_hash(str(number).encode()), tree.root()
    assert root_from_inclusion(leaf, number, size, proof) == root
    assert root_from_inclusion(leaf_hash(b"other"), number, size, proof) != root
    assert all(root_from_inclusion(leaf, other, size, proof) != root for other in range(size) if other != number)
    assert root_from_inclusion(leaf, number, size, [*proof, leaf]) is None
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        forged = [*proof[:at], leaf_hash(proof[at]), *proof[at + 1 :]]
        assert root_from_inclusion(leaf, number, size, forged) != root
        assert root_from_inclusion(leaf, number, size, proof[:-1]) is None


@given(sizes, st.data())
def test_growth_is_proved_and_nothing_else(size: int, data: st.DataObject) -> None:
    """The proof from an older size holds; from a tree that was rewritten, or with a forged hash, it does not."""
    old = data.draw(st.integers(1, size))
    tree = tree_of(size)
    proof = tree.consistency_proof(old)
    assert is_consistent(old, tree.root(old), size, tree.root(), proof)
    rewritten = MerkleTree(leaf_hash(b"forged" if number == 0 else str(number).encode()) for number in range(size))
    assert not is_consistent(old, rewritten.root(old), size, tree.root(), proof)
    assert not is_consistent(old, tree.root(old), size, rewritten.root(), proof)
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        forged = [*proof[:at], leaf_hash(proof[at]), *proof[at + 1 :]]
        assert not is_consistent(old, tree.root(old), size, tree.root(), forged)
        assert not is_consistent(old, tree.root(old), size, tree.root(), [])
