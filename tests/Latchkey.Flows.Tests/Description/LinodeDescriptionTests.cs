namespace Latchkey.Flows.Tests.Description;

/// <summary>Answers of both servers, held against the description that Linode's clients are made from.</summary>
public sealed class LinodeDescriptionTests(Visitor visitor) : IClassFixture<Visitor>
{
    private static readonly LinodeDescription Linode = LinodeDescription.Read();

    [Fact]
    public void Answers_have_the_shape_that_is_described_but_for_the_departures_listed()
    {
        var found = visitor.Visits.Where(v => v.ContentType is null or "application/json")
            .SelectMany(v => Linode.Problems(v.Method, v.Path, v.Status, v.Body).Select(p => new Departure(
                v.Path.Split("/{")[0], p.Where.Replace("/data/*", "", StringComparison.Ordinal), p.Rule, $"{v.Method} {v.Path}: {p.Said}")))
            .ToList();

        Assert.Equal([], found.Except(Departures.OfShape, ButForReason).ToList());
        Assert.Equal([], Departures.OfShape.Except(found, ButForReason).ToList());
    }

    [Fact]
    public void Each_route_asks_for_the_scope_that_is_described_but_for_the_departures_listed()
    {
        var found = visitor.Visits.Where(v => v.AcceptedScopes != Linode.Scopes(v.Method, v.Path))
            .Select(v => new Departure($"{v.Method} {v.Path}", Linode.Scopes(v.Method, v.Path), v.AcceptedScopes, "")).Distinct().ToList();

        Assert.Equal([], found.Except(Departures.OfScope, ButForReason).ToList());
        Assert.Equal([], Departures.OfScope.Except(found, ButForReason).ToList());
    }

    [Fact]
    public void No_route_is_left_out()
    {
        var visited = visitor.Visits.Select(v => $"{v.Method} {WithoutNames(v.Path)}").ToHashSet();

        Assert.Empty(visitor.Routes.Except(visited).Except(Departures.OfRoutes.Keys));
        Assert.Empty(Departures.OfRoutes.Keys.Except(visitor.Routes));
    }

    [Fact]
    public void Every_answer_with_a_body_is_json_or_a_picture() =>
        Assert.All(visitor.Visits, v => Assert.Contains(v.ContentType, (string?[])["application/json", v.Status == 204 ? null : "image/png"]));

    [Fact]
    public void The_description_is_read_strictly()
    {
        var good = visitor.Visits.First(v => v is { Method: "GET", Path: "/profile/sshkeys/{sshKeyId}" }).Body;
        Assert.Equal("", Rules(good));
        Assert.Equal("required", Rules(good.Replace("\"label\"", "\"lable\"", StringComparison.Ordinal).Replace(",\"lable\":\"home\"", "", StringComparison.Ordinal)));
        Assert.Contains("type", Rules(good.Replace("\"home\"", "7", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("maxLength", Rules(good.Replace("home\"", new string('x', 65) + "\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.NotEqual("", Rules(good[..^1] + ",\"more\":1}"));
        Assert.NotEqual("", Rules(System.Text.RegularExpressions.Regex.Replace(good, "(\"created\":\"[^\"]+)\"", "$1Z\"")));
        Assert.Contains("responses", Linode.Problems("GET", "/profile", 204, "").Select(p => p.Rule));

        static string Rules(string body) => string.Join(',', Linode.Problems("GET", "/profile/sshkeys/{sshKeyId}", 200, body).Select(p => p.Rule));
    }

    private static string WithoutNames(string path) => System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}", "{}");

    private static readonly IEqualityComparer<Departure> ButForReason =
        EqualityComparer<Departure>.Create((a, b) => (a?.Path, a?.Where, a?.Rule) == (b?.Path, b?.Where, b?.Rule), d => d.Path.GetHashCode(StringComparison.Ordinal));
}
