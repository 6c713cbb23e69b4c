using Microsoft.Data.Sqlite;

namespace Latchkey.Flows.Tests.Theft;

/// <summary>A copy of everything the servers keep on disk except the key ring, made while they run.</summary>
internal sealed class StolenData : IDisposable
{
    public StolenData(DirectoryInfo data)
    {
        foreach (var file in data.EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.Directory!.Name != "keys"))
        {
            using var source = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = File.Create(Path.Combine(Directory.FullName, file.Name));
            source.CopyTo(target);
        }
    }

    public DirectoryInfo Directory { get; } = System.IO.Directory.CreateTempSubdirectory("latchkey-theft-");

    /// <summary>Every file as it lies there, write-ahead logs included.</summary>
    public IEnumerable<(string Name, byte[] Bytes)> Files => Directory.EnumerateFiles().Select(f => (f.Name, File.ReadAllBytes(f.FullName)));

    /// <summary>Every value of every column of every table of both databases; null aside.</summary>
    public IReadOnlyList<(string Column, object Value)> Cells()
    {
        var cells = new List<(string, object)>();
        foreach (var file in Directory.EnumerateFiles("*.db"))
        {
            using var connection = new SqliteConnection($"Data Source={file.FullName};Pooling=False");
            connection.Open();
            foreach (var table in Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table'").Select(c => (string)c.Value).ToList())
            {
                cells.AddRange(Read(connection, $"SELECT * FROM \"{table}\"").Select(c => ($"{file.Name} {table}.{c.Column}", c.Value)));
            }
        }

        return cells;
    }

    public void Dispose() => Directory.Delete(recursive: true);

    private static IEnumerable<(string Column, object Value)> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names of the tables come from the database itself.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                if (!reader.IsDBNull(i))
                {
                    yield return (reader.GetName(i), reader.GetValue(i));
                }
            }
        }
    }
}
