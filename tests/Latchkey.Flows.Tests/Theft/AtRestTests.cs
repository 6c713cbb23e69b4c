using System.Text;
using Latchkey.Flows.Tests.Framework;

namespace Latchkey.Flows.Tests.Theft;

public sealed class AtRestTests
{
    [Fact, Spec("ST-01"), Spec("ST-04")]
    public async Task Nothing_that_was_given_out_lies_on_the_disk()
    {
        await using var scene = await Scene.StartAsync();
        using var life = await WholeLife.LiveAsync(scene);
        using var stolen = new StolenData(scene.Data);
        var places = stolen.Files.ToList();

        // What is longer than a page lies in pieces in the file; a column's value is whole.
        places.AddRange(stolen.Cells().Select(c => (c.Column, c.Value as byte[] ?? Encoding.UTF8.GetBytes(c.Value.ToString()!))));

        Traces.AssertNone(places.SelectMany(p => Traces.Find(life.Secrets, p.Item1, p.Item2)));

        // Every kind was there to be looked for, and what is no secret is found where it lies.
        string[] kinds =
        [
            "password", "code", "state", "code verifier", "access token", "refresh token", "personal access token",
            "cookie latchkey-login", "cookie latchkey-csrf", "form's ticket", "form's __RequestVerificationToken",
            "root password", "root password made by the app", "the app's access token",
        ];
        Assert.Empty(kinds.Except(life.Secrets.Select(s => s.Name)));
        Assert.NotEmpty(Traces.Find([new KnownSecret("email", "ada@example.com")], "", Join(stolen, "latchkey.db")));
        Assert.NotEmpty(Traces.Find([new KnownSecret("label", "a-linode-with-a-name")], "", Join(stolen, "cloud.db")));
    }

    [Theory, Spec("ST-01")]
    [InlineData("lka5f3c0b1a29384756aabbccddeeff0011")]
    [InlineData("Zm9yIHRoZSB0ZXN0IG9mIHRoZSBzY2FubmVyIGl0c2U")]
    public void A_secret_is_recognized_however_it_was_written_down(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        byte[][] written =
        [
            utf8,
            Encoding.Unicode.GetBytes(text),
            Encoding.ASCII.GetBytes(Convert.ToHexString(utf8)),
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8)),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(utf8)),
            Encoding.ASCII.GetBytes(Convert.ToBase64String([1, .. utf8, 2])),
            Encoding.ASCII.GetBytes(Convert.ToBase64String([1, 2, .. utf8, 3])),
            text.StartsWith("lka", StringComparison.Ordinal) ? Convert.FromHexString(text[3..]) : System.Buffers.Text.Base64Url.DecodeFromChars(text),
        ];

        Assert.All(written, bytes => Assert.NotEmpty(Traces.Find([new KnownSecret("it", text)], "", [7, 7, 7, .. bytes, 7])));
        Assert.Empty(Traces.Find([new KnownSecret("it", text)], "", Encoding.UTF8.GetBytes(text[..^4])));
    }

    private static byte[] Join(StolenData stolen, string database) =>
        [.. stolen.Files.Where(f => f.Name.StartsWith(database, StringComparison.Ordinal)).SelectMany(f => f.Bytes)];
}
