using System.Text.Json;
using CsCheck;
using Latchkey.Protocol;

namespace Latchkey.CloudApi.Tests.Filtering;

public sealed class FilterParserTests
{
    private static readonly FilterFields<Thing> Fields = new FilterFields<Thing>()
        .Text("name", t => t.Name)
        .Number("size", t => t.Size)
        .Truth("old", t => t.Old)
        .Texts("tags", t => t.Tags);

    private static readonly Gen<string> SmallText = Gen.String[Gen.Char["abAB"], 0, 3];

    private static readonly Gen<Thing> Things = Gen.Select(SmallText, Gen.Int[0, 4], Gen.Bool, SmallText.List[0, 3], (n, s, o, t) => new Thing(n, s, o, t));

    /// <summary>A condition as JSON, and what it means, said in LINQ.</summary>
    private static readonly Gen<(string Json, Func<Thing, bool> Means)> Conditions = Gen.OneOf(
        SmallText.Select(v => (Pair("name", v), Means(t => t.Name == v))),
        SmallText.Select(v => (Pair("name", "+neq", v), Means(t => t.Name != v))),
        SmallText.Select(v => (Pair("name", "+contains", v), Means(t => t.Name.Contains(v, StringComparison.Ordinal)))),
        SmallText.Select(v => (Pair("name", "+gt", v), Means(t => string.CompareOrdinal(t.Name, v) > 0))),
        Gen.Int[0, 4].Select(v => (Pair("size", v), Means(t => t.Size == v))),
        Gen.Int[0, 4].Select(v => (Pair("size", "+gt", v), Means(t => t.Size > v))),
        Gen.Int[0, 4].Select(v => (Pair("size", "+gte", v), Means(t => t.Size >= v))),
        Gen.Int[0, 4].Select(v => (Pair("size", "+lt", v), Means(t => t.Size < v))),
        Gen.Int[0, 4].Select(v => (Pair("size", "+lte", v), Means(t => t.Size <= v))),
        Gen.Int[0, 4].Array[1, 3].Select(v => (Pair("size", "+or", v), Means(t => v.Contains(t.Size)))),
        Gen.Select(Gen.Int[0, 4], SmallText).Select((v, n) => ($$$"""{"size":{"+or":[{{{v}}},{"+and":[{"+gt":0},{"+lt":2}]}]},"name":{"+neq":{{{JsonSerializer.Serialize(n)}}}}}""", Means(t => (t.Size == v || t.Size == 1) && t.Name != n))),
        Gen.Bool.Select(v => (Pair("old", v), Means(t => t.Old == v))),
        SmallText.Select(v => (Pair("tags", v), Means(t => t.Tags.Contains(v)))),
        SmallText.Select(v => (Pair("tags", "+neq", v), Means(t => !t.Tags.Contains(v)))),
        SmallText.Select(v => (Pair("tags", "+contains", v), Means(t => t.Tags.Any(x => x.Contains(v, StringComparison.Ordinal))))));

    private static readonly Gen<(string Json, Func<Thing, bool> Means)> Filters = Gen.Recursive<(string Json, Func<Thing, bool> Means)>((depth, inner) =>
        depth >= 3
            ? Conditions
            : Gen.OneOf(
                Conditions,
                inner.Array[1, 3].Select(parts => ($$"""{"+and":[{{string.Join(',', parts.Select(p => p.Json))}}]}""", Means(t => parts.All(p => p.Means(t))))),
                inner.Array[1, 3].Select(parts => ($$"""{"+or":[{{string.Join(',', parts.Select(p => p.Json))}}]}""", Means(t => parts.Any(p => p.Means(t)))))));

    [Fact]
    public void A_filter_keeps_what_its_meaning_keeps() => Gen.Select(Filters, Things.Array[0, 20]).Sample((filter, things) =>
    {
        var (query, refusal) = FilterParser.Parse(filter.Json, Fields.KindOf);

        Assert.Null(refusal);
        Assert.Equal(things.Where(filter.Means), Fields.Apply(query!, things));
    });

    [Fact]
    public void An_order_sorts_and_leaves_equals_as_they_were() => Things.Array[0, 20].Sample(things =>
    {
        var (up, _) = FilterParser.Parse("""{"+order_by":"size"}""", Fields.KindOf);
        var (down, _) = FilterParser.Parse("""{"+order_by":"size","+order":"desc"}""", Fields.KindOf);

        Assert.Equal(things.OrderBy(t => t.Size), Fields.Apply(up!, things));
        Assert.Equal(things.OrderByDescending(t => t.Size), Fields.Apply(down!, things));
    });

    [Fact, Spec("XI-11")]
    public void Whatever_is_sent_is_read_or_refused_and_never_breaks() =>
        Gen.OneOf(
            Gen.String,
            Gen.String[Gen.Char["{}[]\":,+andorgtelsiz1.e-\\u0d8"], 0, 60],
            Gen.Select(Filters, Gen.Int[0, 200], Gen.Char, (f, at, c) => f.Json.Length == 0 ? f.Json : f.Json.Remove(at % f.Json.Length, 1).Insert(at % f.Json.Length, c.ToString())))
        .Sample(text =>
        {
            var (query, refusal) = FilterParser.Parse(text, Fields.KindOf);

            Assert.True(query is null ^ refusal is null);
            if (query is not null)
            {
                _ = Fields.Apply(query, [new Thing("a", 1, true, ["b"])]);
            }
        });

    [Theory, Spec("XI-11")]
    [InlineData("""[]""")]
    [InlineData("""{"secret":1}""")]
    [InlineData("""{"Name":"a"}""")]
    [InlineData("""{"name":1}""")]
    [InlineData("""{"size":"1"}""")]
    [InlineData("""{"size":1e400}""")]
    [InlineData("""{"size":{"+contains":"1"}}""")]
    [InlineData("""{"old":{"+gt":true}}""")]
    [InlineData("""{"name":{"+gt":null}}""")]
    [InlineData("""{"name":{}}""")]
    [InlineData("""{"name":{"+regex":"a"}}""")]
    [InlineData("""{"name":["a"]}""")]
    [InlineData("""{"name":{"+neq":{"+neq":"a"}}}""")]
    [InlineData("""{"name":{"+or":[]}}""")]
    [InlineData("""{"name":{"+or":"a"}}""")]
    [InlineData("""{"name":{"+or":[1]}}""")]
    [InlineData("""{"name":{"+or":[["a"]]}}""")]
    [InlineData("""{"name":{"+or":[{"size":1}]}}""")]
    [InlineData("""{"+or":[]}""")]
    [InlineData("""{"+or":{}}""")]
    [InlineData("""{"+and":["a"]}""")]
    [InlineData("""{"+not":[]}""")]
    [InlineData("""{"+order_by":"secret"}""")]
    [InlineData("""{"+order_by":"name; DROP TABLE"}""")]
    [InlineData("""{"+order_by":1}""")]
    [InlineData("""{"+order":"sideways"}""")]
    [InlineData("""{"+and":[{"+order_by":"name"}]}""")]
    [InlineData("""{"name":"a","name":"b"}""")]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"name":"a"} x""")]
    [InlineData("not json")]
    public void What_makes_no_sense_is_refused_with_a_reason(string text)
    {
        var (query, refusal) = FilterParser.Parse(text, Fields.KindOf);

        Assert.Null(query);
        Assert.NotEmpty(refusal!);
    }

    [Fact, Spec("XI-14")]
    public void Depth_breadth_and_length_are_bounded()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"+and":[""", 9)) + """{"size":1}""" + string.Concat(Enumerable.Repeat("]}", 9));
        var deeper = string.Concat(Enumerable.Repeat("""{"+and":[""", 500)) + """{"size":1}""" + string.Concat(Enumerable.Repeat("]}", 500));
        var broad = $$"""{"+or":[{{string.Join(',', Enumerable.Repeat("""{"size":1}""", 201))}}]}""";
        var deepInField = """{"size":""" + string.Concat(Enumerable.Repeat("""{"+or":[""", 9)) + "1" + string.Concat(Enumerable.Repeat("]}", 9)) + "}";
        var @long = $$"""{"name":"{{new string('a', FilterParser.MaxLength)}}"}""";

        Assert.All([deep, deeper, deepInField, broad, @long], text => Assert.NotNull(FilterParser.Parse(text, Fields.KindOf).Refusal));
    }

    private static Func<Thing, bool> Means(Func<Thing, bool> means) => means;

    private static string Pair(string name, object value) => $$"""{"{{name}}":{{JsonSerializer.Serialize(value)}}}""";

    private static string Pair(string name, string comparison, object value) => $$"""{"{{name}}":{{Pair(comparison, value)}} }""";

    internal sealed record Thing(string Name, int Size, bool Old, List<string> Tags);
}
