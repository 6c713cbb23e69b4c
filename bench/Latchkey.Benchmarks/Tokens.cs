using BenchmarkDotNet.Attributes;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;

namespace Latchkey.Benchmarks;

/// <summary>Sealing and opening: what every call pays at least once.</summary>
[MemoryDiagnoser]
public class Tokens
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private readonly KeyRing _keys = new([new TokenKey(1, new byte[32], Now)]);
    private readonly TokenContent _plain = new(TokenKind.Access, Guid.CreateVersion7(Now), 7, Now.AddHours(2));
    private readonly TokenContent _narrow = new(TokenKind.Access, Guid.CreateVersion7(Now), 7, Now.AddHours(2), ScopeSet.Parse("linodes:read_only"));
    private string _token = "";
    private string _narrowToken = "";
    private string _forged = "";

    [GlobalSetup]
    public void Setup()
    {
        _token = _keys.Seal(_plain, Now);
        _narrowToken = _keys.Seal(_narrow, Now);
        _forged = string.Concat(_token.AsSpan(0, 3), new string('0', 40), _token.AsSpan(43));
    }

    [Benchmark]
    public string Seal() => _keys.Seal(_plain, Now);

    [Benchmark]
    public bool Open() => _keys.TryOpen(_token, out _);

    [Benchmark]
    public bool OpenWithCeiling() => _keys.TryOpen(_narrowToken, out _);

    [Benchmark]
    public bool RefuseForged() => _keys.TryOpen(_forged, out _);
}
