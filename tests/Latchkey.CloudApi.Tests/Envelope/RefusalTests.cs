using System.Text;

namespace Latchkey.CloudApi.Tests.Envelope;

public sealed class RefusalTests : IAsyncLifetime
{
    private CloudApiHost _host = null!;
    private string _token = null!;

    public static TheoryData<string, string> HostileJson => new()
    {
        { "", "nothing" },
        { "[]", "no object" },
        { "null", "no object" },
        { "\"text\"", "no object" },
        { "{", "cut off" },
        { "{}{}", "trailing bytes" },
        { "{} x", "trailing bytes" },
        { "\uFEFF{}", "byte order mark" },
        { "{\"label\":\"one\",\"label\":\"two\"}", "duplicate names" },
        { "{\"alerts\":{\"cpu\":1,\"cpu\":2}}", "duplicate names inside" },
        { "{\"label\":\"a\\u0000b\"}", "NUL in a text" },
        { "{\"a\\u0000\":1}", "NUL in a name" },
        { "{\"label\":\"\\ud800\"}", "half a surrogate pair" },
        { "{\"id\":1e400}", "a number beyond all numbers" },
        { "{\"x\":[1e400]}", "the same deep inside" },
        { "{\"label\":NaN}", "no JSON number" },
        { "{'label':1}", "no JSON text" },
        { "{\"a\":1,}", "trailing comma" },
        { "{/**/}", "comment" },
        { new string('[', 1000) + new string(']', 1000), "depth" },
        { string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1000), "depth of objects" },
    };

    public async ValueTask InitializeAsync()
    {
        _host = await CloudApiHost.StartAsync();
        _token = _host.Login.Token("ada", "*");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory, Spec("XI-08"), Spec("XI-04")]
    [MemberData(nameof(HostileJson))]
    public async Task A_body_that_two_parsers_might_read_differently_is_refused(string json, string why)
    {
        _ = why;
        (await _host.PostAsync("/v4/linode/instances", _token, json)).MustRefuse(400);
        (await _host.PostAsync("/v4/linode/stackscripts", _token, json)).MustRefuse(400);
    }

    [Fact, Spec("XI-08")]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var answer = await _host.SendAsync(HttpMethod.Post, "/v4/linode/instances", _token, "{}", r =>
        {
            r.Content = new ByteArrayContent([(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
            r.Content.Headers.Add("Content-Type", "application/json");
        });

        answer.MustRefuse(400);
    }

    [Theory, Spec("XI-08")]
    [InlineData("""{"label":5}""", "label")]
    [InlineData("""{"label":["a"]}""", "label")]
    [InlineData("""{"tags":"one"}""", "tags")]
    [InlineData("""{"tags":[1]}""", "tags")]
    [InlineData("""{"watchdog_enabled":"yes"}""", "watchdog_enabled")]
    [InlineData("""{"alerts":7}""", "alerts")]
    [InlineData("""{"alerts":{"cpu":"high"}}""", "alerts.cpu")]
    [InlineData("""{"alerts":{"cpu":1.5}}""", "alerts.cpu")]
    [InlineData("""{"alerts":{"cpu":-1}}""", "alerts.cpu")]
    public async Task A_field_of_the_wrong_type_is_named(string json, string field)
    {
        var id = (await _host.CreateLinodeAsync(_token, "typed")).GetProperty("id");

        var answer = (await _host.SendAsync(HttpMethod.Put, $"/v4/linode/instances/{id}", _token, json)).MustRefuse(400);

        Assert.Equal([field], answer.Fields);
    }

    [Theory, Spec("XI-12")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_compressed_body_is_not_unpacked(string encoding)
    {
        foreach (var path in new[] { "/v4/linode/instances", "/v4/profile" })
        {
            var answer = await _host.SendAsync(HttpMethod.Post, path, _token, "{}", r => r.Content!.Headers.ContentEncoding.Add(encoding));

            answer.MustRefuse(415);
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task A_body_that_is_not_said_to_be_JSON_is_415(string? contentType)
    {
        var answer = await _host.SendAsync(HttpMethod.Post, "/v4/linode/instances", _token, "{}", r =>
        {
            r.Content!.Headers.ContentType = null;
            if (contentType is not null)
            {
                r.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            }
        });

        answer.MustRefuse(415);
    }

    [Theory, Spec("XI-01")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_413_declared_or_in_chunks(bool chunked)
    {
        foreach (var path in new[] { "/v4/linode/instances", "/v4/linode/instances/1/boot" })
        {
            var answer = await _host.SendAsync(HttpMethod.Post, path, _token, new string(' ', 600 * 1024), r => r.Headers.TransferEncodingChunked = chunked);

            answer.MustRefuse(413);
        }
    }

    [Theory]
    [InlineData("PATCH", "/v4/regions")]
    [InlineData("DELETE", "/v4/regions")]
    [InlineData("TRACE", "/v4/linode/instances")]
    [InlineData("PATCH", "/v4/profile")]
    public async Task Another_verb_is_405_and_says_which_are_allowed(string verb, string path)
    {
        var answer = (await _host.SendAsync(new HttpMethod(verb), path, _token)).MustRefuse(405);

        Assert.Contains("GET", answer.Headers["Allow"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v4")]
    [InlineData("/v5/regions")]
    [InlineData("/v4/linode")]
    [InlineData("/v4/oauth/token")]
    [InlineData("/v4/profilex")]
    public async Task What_does_not_exist_is_not_found(string path) =>
        Assert.Equal("Not found", (await _host.GetAsync(path, _token)).MustRefuse(404).Reason);

    [Fact]
    public async Task What_breaks_is_told_to_the_log_and_not_to_the_caller()
    {
        var database = Path.Combine(_host.Data.FullName, "cloud.db");
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE Instances";
            await command.ExecuteNonQueryAsync();
        }

        var answer = (await _host.GetAsync("/v4/linode/instances", _token)).MustRefuse(500);

        Assert.Equal("An unexpected error occurred.", answer.Reason);
        Assert.DoesNotContain("Instances", answer.Text);
        Assert.Contains(_host.Log.All, l => l.Contains("CloudApiUnhandled") && l.Contains("no such table"));
    }

    [Fact]
    public async Task A_head_request_has_the_headers_of_its_get_and_no_body()
    {
        var get = await _host.GetAsync("/v4/regions");
        var head = await _host.SendAsync(HttpMethod.Head, "/v4/regions");

        Assert.Equal(200, head.Status);
        Assert.Equal("", head.Text);
        Assert.Equal(Encoding.UTF8.GetByteCount(get.Text).ToString(), head.Headers["Content-Length"]);
    }
}
