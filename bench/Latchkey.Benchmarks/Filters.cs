using BenchmarkDotNet.Attributes;
using Latchkey.Protocol;

namespace Latchkey.Benchmarks;

/// <summary>Reading the X-Filter header, which comes from strangers: the longest it may be is the dearest it may be.</summary>
[MemoryDiagnoser]
public class Filters
{
    private readonly string _plain = """{"label": "web-1"}""";
    private readonly string _nested = """{"+or": [{"label": {"+contains": "web"}}, {"+and": [{"region": "us-east"}, {"label": {"+neq": "db"}}]}], "+order_by": "label"}""";
    private readonly string _unknown = """{"password": "x"}""";
    private readonly string _longest = "{\"+or\": [" + string.Join(", ", Enumerable.Repeat("""{"label": {"+contains": "web"}}""", 200)) + "]}";

    [Benchmark]
    public bool ParsePlain() => Parses(_plain);

    [Benchmark]
    public bool ParseNested() => Parses(_nested);

    [Benchmark]
    public bool ParseLongest() => Parses(_longest);

    [Benchmark]
    public bool RefuseUnknownField() => Parses(_unknown);

    private static bool Parses(string text) =>
        FilterParser.Parse(text, name => name is "label" or "region" ? FieldKind.Text : null).Query is not null;
}
