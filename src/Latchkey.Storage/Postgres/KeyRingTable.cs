using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>The Data Protection key ring as rows that every node reads.</summary>
internal sealed class KeyRingTable(PostgresReaders readers, PostgresConnections connections) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => readers.ReadAll("SELECT xml FROM key_ring ORDER BY name", row => XElement.Parse(row.GetString(0)));

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = connections.Source.CreateCommand(
            "INSERT INTO key_ring (name, xml) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET xml = excluded.xml");
        command.Parameters.AddText(friendlyName);
        command.Parameters.AddText(element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}
