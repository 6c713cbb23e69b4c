using CsCheck;

namespace Latchkey.Protocol.Tests.Scopes;

/// <summary>Laws that hold for all sets: a distributive lattice whose order is <see cref="ScopeSet.Covers"/>.</summary>
[Spec("RFC6749-3.3")]
public sealed class ScopeSetAlgebraTests
{
    [Fact]
    public void Union_and_intersection_commute() =>
        ScopeGen.Two.Sample((a, b) => a.Union(b) == b.Union(a) && a.Intersect(b) == b.Intersect(a));

    [Fact]
    public void Union_and_intersection_associate() =>
        ScopeGen.Three.Sample((a, b, c) =>
            a.Union(b).Union(c) == a.Union(b.Union(c)) && a.Intersect(b).Intersect(c) == a.Intersect(b.Intersect(c)));

    [Fact]
    public void Union_and_intersection_absorb_each_other() =>
        ScopeGen.Two.Sample((a, b) => a.Union(a.Intersect(b)) == a && a.Intersect(a.Union(b)) == a);

    [Fact]
    public void Intersection_distributes_over_union() =>
        ScopeGen.Three.Sample((a, b, c) => a.Intersect(b.Union(c)) == a.Intersect(b).Union(a.Intersect(c)));

    [Fact]
    public void What_is_left_without_a_set_has_nothing_in_common_with_it() =>
        ScopeGen.Two.Sample((a, b) => a.Without(b).Intersect(b).IsEmpty && a.Covers(a.Without(b)) && a.Without(default) == a);

    [Fact]
    public void What_was_not_refused_stays_as_it_was() =>
        ScopeGen.Two.Sample((a, b) => b.IsEverything || ScopeFamilies.Names.All(f => b.LevelOf(f) > ScopeLevel.None || a.Without(b).LevelOf(f) == a.LevelOf(f)));

    [Fact]
    public void The_empty_set_is_below_everything() =>
        ScopeGen.Set.Sample(a => a.Union(default) == a && a.Intersect(default).IsEmpty && a.Covers(default));

    [Fact]
    public void Covers_is_the_order_of_the_lattice() =>
        ScopeGen.Two.Sample((a, b) => a.Covers(b) == (a.Union(b) == a) && a.Covers(b) == (a.Intersect(b) == b));

    [Fact]
    public void Covers_is_reflexive_and_antisymmetric() =>
        ScopeGen.Two.Sample((a, b) => a.Covers(a) && (!(a.Covers(b) && b.Covers(a)) || a == b));

    [Fact]
    public void Covers_is_transitive() =>
        ScopeGen.Three.Sample((a, b, c) =>
        {
            var (top, middle) = (a.Union(b).Union(c), b.Union(c));
            return top.Covers(middle) && middle.Covers(c) && top.Covers(c);
        });

    [Fact]
    public void Both_sides_are_covered_by_the_union_and_cover_the_intersection() =>
        ScopeGen.Two.Sample((a, b) =>
            a.Union(b).Covers(a) && a.Union(b).Covers(b) && a.Covers(a.Intersect(b)) && b.Covers(a.Intersect(b)));

    [Fact]
    public void The_intersection_is_the_largest_set_below_both() =>
        ScopeGen.Three.Sample((a, b, c) => !(a.Covers(c) && b.Covers(c)) || a.Intersect(b).Covers(c));

    [Fact]
    public void Covering_a_set_is_covering_each_scope_of_it() =>
        ScopeGen.Two.Sample((a, b) => a.Covers(b) == b.All(scope => a.Covers(scope)));

    [Fact]
    public void Except_leaves_whole_scopes_that_the_other_does_not_cover() =>
        ScopeGen.Two.Sample((a, b) => a.Except(b).SequenceEqual(a.Where(scope => !b.Covers(scope))));

    [Fact]
    public void Except_and_the_other_together_cover_the_whole() =>
        ScopeGen.Two.Sample((a, b) => a.Except(b).Union(b).Covers(a) && a.Except(b).IsEmpty == b.Covers(a));

    [Fact]
    public void Narrow_never_reaches_further() =>
        ScopeGen.Two.Sample((grant, wanted) => grant.Narrow(wanted) is { } given ? given == wanted && grant.Covers(given) : !grant.Covers(wanted));

    [Fact]
    public void The_canonical_text_reads_back_as_the_same_set() =>
        ScopeGen.Set.Sample(a => ScopeSet.Parse(a.ToString()) == a && ScopeSet.Parse(a.ToString()).ToString() == a.ToString());

    [Fact]
    public void Equal_sets_have_one_text_and_one_hash() =>
        ScopeGen.Any.Array[0, 8].Sample(scopes =>
        {
            var forwards = ScopeSet.Create(scopes);
            var backwards = ScopeSet.Create([.. scopes.Reverse(), .. scopes]);
            return forwards == backwards && forwards.ToString() == backwards.ToString()
                && forwards.GetHashCode() == backwards.GetHashCode() && forwards.Equals((object)backwards);
        });

    [Fact]
    public void Different_sets_have_different_texts() =>
        ScopeGen.Two.Sample((a, b) => (a == b) == (a.ToString() == b.ToString()) && (a != b) == !a.Equals(b));

    [Fact]
    public void The_count_is_the_number_of_scopes_listed() =>
        ScopeGen.Set.Sample(a => a.Count == a.ToArray().Length && a.IsEmpty == (a.Count == 0) && a.Distinct().Count() == a.Count);

    [Fact]
    public void The_level_of_a_family_says_what_is_covered() =>
        Gen.Select(ScopeGen.Set, ScopeGen.Any.Where(s => s != Scope.Everything))
            .Sample((a, s) => s.Text != $"{s.Family}:{Scope.LevelText(s.Level)}" || a.Covers(s) == (a.LevelOf(s.Family) >= s.Level));
}
