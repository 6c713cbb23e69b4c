using BenchmarkDotNet.Attributes;
using Latchkey.Protocol;

namespace Latchkey.Benchmarks;

/// <summary>The algebra, on families that have a bit of their own and on one that an API owner added.</summary>
[MemoryDiagnoser]
public class Scopes
{
    private readonly string _text = "linodes:read_write stackscripts:read_only domains:*";
    private readonly string _textNamed = "invoices:read_write linodes:read_write";
    private readonly ScopeSet _granted = ScopeSet.Parse("linodes:read_write stackscripts:read_only domains:*");
    private readonly ScopeSet _wanted = ScopeSet.Parse("linodes:read_only stackscripts:read_only");
    private readonly ScopeSet _grantedNamed = ScopeSet.Parse("invoices:read_write linodes:read_write");
    private readonly ScopeSet _wantedNamed = ScopeSet.Parse("invoices:read_only");

    [Benchmark]
    public ScopeSet Parse() => ScopeSet.Parse(_text);

    [Benchmark]
    public ScopeSet ParseNamed() => ScopeSet.Parse(_textNamed);

    [Benchmark]
    public string Write() => _granted.ToString();

    [Benchmark]
    public bool Covers() => _granted.Covers(_wanted);

    [Benchmark]
    public bool CoversNamed() => _grantedNamed.Covers(_wantedNamed);

    [Benchmark]
    public ScopeSet? Narrow() => _granted.Narrow(_wanted);

    [Benchmark]
    public ScopeSet Union() => _granted.Union(_wanted);

    [Benchmark]
    public ScopeSet UnionNamed() => _granted.Union(_grantedNamed);
}
