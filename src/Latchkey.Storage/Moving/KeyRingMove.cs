using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Latchkey.Storage.Postgres;
using Latchkey.Storage.Tokens;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Npgsql;

namespace Latchkey.Storage.Moving;

/// <summary>
/// The Data Protection key ring: files as they are on one side, rows encrypted under the key file on the other. What an encryption
/// makes is never twice the same, so what is compared is what was encrypted.
/// </summary>
internal sealed class KeyRingMove(string directory, KeyFile keyFile, NpgsqlConnection connection)
{
    public const string Table = "key_ring";

    // The words of Data Protection's own files.
    private static readonly XNamespace Words = "http://schemas.asp.net/2015/03/dataProtection";
    private static readonly XName Encrypted = Words + "encryptedSecret";
    private static readonly XName NeedsEncryption = Words + "requiresEncryption";

    public IReadOnlyDictionary<string, XElement> Source { get; } = Directory.EnumerateFiles(directory, "*.xml")
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f)!, f => Opened(XElement.Load(f), OpenedFile));

    /// <summary>Returns how many elements were copied and how many removed.</summary>
    /// <exception cref="StartupException">The key file is not the one that an earlier run encrypted with.</exception>
    public async Task<(int Copied, int Removed)> RunAsync(CancellationToken cancellationToken)
    {
        var there = await TargetAsync(cancellationToken);
        var gone = there.Where(t => !Source.TryGetValue(t.Key, out var element) || Line(t.Key, element) != Line(t.Key, t.Value)).Select(t => t.Key).ToList();
        foreach (var name in gone)
        {
            await ExecuteAsync("DELETE FROM key_ring WHERE name = $1", cancellationToken, name);
        }

        var missing = Source.Where(s => !there.ContainsKey(s.Key) || gone.Contains(s.Key)).ToList();
        foreach (var (name, element) in missing)
        {
            var xml = Sealed(element).ToString(SaveOptions.DisableFormatting);
            await ExecuteAsync("INSERT INTO key_ring (name, xml) VALUES ($1, $2)", cancellationToken, name, xml);
        }

        return (missing.Count, gone.Count);
    }

    /// <summary>The elements in PostgreSQL, in the clear.</summary>
    public async Task<IReadOnlyDictionary<string, XElement>> TargetAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT name, xml FROM key_ring", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var elements = new Dictionary<string, XElement>();
        while (await reader.ReadAsync(cancellationToken))
        {
            elements.Add(reader.GetString(0), Opened(XElement.Parse(reader.GetString(1)), OpenedRow));
        }

        return elements;
    }

    /// <summary>One line each, by name.</summary>
    public static IEnumerable<string> Lines(IReadOnlyDictionary<string, XElement> elements) =>
        elements.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => Line(e.Key, e.Value));

    // Without what may be written one way or another: comments, and which prefix a namespace has.
    private static string Line(string name, XElement element)
    {
        var text = new StringBuilder(name);
        foreach (var node in element.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case XElement e:
                    text.Append('<').Append(e.Name);
                    foreach (var attribute in e.Attributes().Where(a => !a.IsNamespaceDeclaration).OrderBy(a => a.Name.ToString(), StringComparer.Ordinal))
                    {
                        text.Append(' ').Append(attribute.Name).Append('=').Append(attribute.Value);
                    }

                    break;
                case XText t:
                    text.Append('>').Append(t.Value);
                    break;
            }
        }

        return text.Append('\n').ToString();
    }

    private static XElement Opened(XElement element, Func<XElement, XElement> open)
    {
        foreach (var secret in element.Descendants(Encrypted).ToList())
        {
            secret.ReplaceWith(open(secret));
        }

        return element;
    }

    private static XElement OpenedFile(XElement secret) =>
        secret.Attribute("decryptorType")?.Value.StartsWith(typeof(NullXmlDecryptor).FullName!, StringComparison.Ordinal) == true
        && secret.Elements().SingleOrDefault()?.Elements().SingleOrDefault() is { } plain
            ? new XElement(plain)
            : throw new StartupException(KeyRingFiles.Wrong);

    private XElement OpenedRow(XElement secret)
    {
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(keyFile.Decrypt(Convert.FromBase64String(secret.Element(KeyFileEncryptor.Element)!.Value))));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            throw new StartupException(PostgresKeyRing.Wrong, exception);
        }
    }

    // As Data Protection does it when it makes a key itself, so that it reads these as its own.
    private XElement Sealed(XElement plain)
    {
        var copy = new XElement(plain);
        var encryptor = new KeyFileEncryptor(keyFile);
        foreach (var secret in copy.Descendants().Where(e => (bool?)e.Attribute(NeedsEncryption) == true).ToList())
        {
            var info = encryptor.Encrypt(new XElement(secret));
            secret.ReplaceWith(new XElement(Encrypted, new XAttribute("decryptorType", info.DecryptorType.AssemblyQualifiedName!), info.EncryptedElement));
        }

        return copy;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params string[] values)
    {
#pragma warning disable CA2100 // The two constants above.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.AddText(value);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
