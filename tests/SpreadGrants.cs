namespace Latchkey.Tests;

/// <summary>
/// Grants on three PostgreSQL servers: a database whose login servers know of one, and which keeps ten of its sixteen grant tables
/// on two others. Done by what the guide tells an operator to run, and nothing else.
/// </summary>
internal static class SpreadGrants
{
    private static readonly (string Server, int First, int Last, Lazy<(PostgresCluster Cluster, string Prepared)> Other)[] Others =
        [("grants_b", 5, 10, new(StartOther)), ("grants_c", 11, 15, new(StartOther))];

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "spread-grants.sql");

    private static readonly Dictionary<string, string[]> Spread = [];

    /// <summary>A database of its own on <paramref name="front"/>, copied from one that is ready for use.</summary>
    public static string Create(PostgresCluster front, string prepared)
    {
        var name = front.CreateDatabase(prepared);
        Move(front, name);
        return name;
    }

    /// <summary>Moves the tables of a database that is in use, with what they hold.</summary>
    public static void Move(PostgresCluster front, string name)
    {
        front.Sql(name, "CREATE EXTENSION postgres_fdw");
        var names = new List<string>();
        foreach (var (server, first, last, other) in Others)
        {
            var (cluster, template) = other.Value;
            names.Add(cluster.CreateDatabase(template));
            front.Sql(
                name,
                $"""
                CREATE SERVER {server} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '{cluster.Host}', dbname '{names[^1]}');
                CREATE USER MAPPING FOR latchkey SERVER {server} OPTIONS (user 'latchkey', password_required 'false');
                """);
            front.Script(name, Script, $"name={server}", $"first={first}", $"last={last}");
        }

        lock (Spread)
        {
            Spread.Add(name, [.. names]);
        }
    }

    /// <summary>What an operator does who forgot that it is done.</summary>
    /// <exception cref="InvalidOperationException">The script refused.</exception>
    public static void MoveAgain(PostgresCluster front, string name) =>
        front.Script(name, Script, $"name={Others[0].Server}", $"first={Others[0].First}", $"last={Others[0].Last}");

    /// <summary>Drops what lies elsewhere too.</summary>
    public static void Drop(PostgresCluster front, string name)
    {
        front.DropDatabase(name);
        string[] names;
        lock (Spread)
        {
            names = Spread[name];
            Spread.Remove(name);
        }

        for (var i = 0; i < names.Length; i++)
        {
            Others[i].Other.Value.Cluster.DropDatabase(names[i]);
        }
    }

    /// <summary>How many grants lie on each server, the first one's first.</summary>
    public static int[] Count(PostgresCluster front, string name) =>
    [
        int.Parse(front.Sql(name, "SELECT count(*) FROM grants")) - Elsewhere(name).Sum(),
        .. Elsewhere(name),
    ];

    private static IEnumerable<int> Elsewhere(string name) =>
        Others.Zip(Spread[name], (o, n) => int.Parse(o.Other.Value.Cluster.Sql(n, "SELECT count(*) FROM grants")));

    // An operator makes the tables on the other servers as on the first: by letting Latchkey do it.
    private static (PostgresCluster Cluster, string Prepared) StartOther()
    {
        var cluster = PostgresCluster.StartForTests();
        return (cluster, PreparedDatabase.On(cluster));
    }
}
