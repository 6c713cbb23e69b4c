using Latchkey.Storage.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NpgsqlTypes;

namespace Latchkey.Storage.Moving;

/// <summary>
/// Every table there is, from the models of the two databases: a table or column that is added to the model is moved without
/// anybody thinking of it. The key ring, which lies elsewhere on each side, is <see cref="KeyRingMove"/>'s.
/// </summary>
internal static class MoveTables
{
    private static readonly Dictionary<string, NpgsqlDbType> Types = new()
    {
        ["bigint"] = NpgsqlDbType.Bigint,
        ["boolean"] = NpgsqlDbType.Boolean,
        ["bytea"] = NpgsqlDbType.Bytea,
        ["character varying"] = NpgsqlDbType.Text,
        ["integer"] = NpgsqlDbType.Integer,
        ["jsonb"] = NpgsqlDbType.Jsonb,
        ["text"] = NpgsqlDbType.Text,
        ["timestamp with time zone"] = NpgsqlDbType.TimestampTz,
        ["uuid"] = NpgsqlDbType.Uuid,
    };

    /// <summary>Those that others refer to first.</summary>
    public static IReadOnlyList<MoveTable> Of(IModel sqlite, IModel postgres)
    {
        var entities = postgres.GetEntityTypes().Where(e => !e.IsMappedToJson() && e.ClrType != typeof(KeyRingRow)).ToList();
        var ordered = new List<IEntityType>();
        while (ordered.Count < entities.Count)
        {
            ordered.AddRange(entities.Except(ordered).Where(e => e.GetForeignKeys().All(f => f.PrincipalEntityType == e || ordered.Contains(f.PrincipalEntityType))).ToList());
        }

        return [.. ordered.Select(e => Table(sqlite.FindEntityType(e.Name)!, e))];
    }

    private static MoveTable Table(IEntityType sqlite, IEntityType postgres)
    {
        var properties = postgres.GetProperties().ToList();
        var documents = postgres.GetNavigations().Where(n => n.TargetEntityType.IsMappedToJson()).Select(n => Document(
            sqlite.FindNavigation(n.Name)!.TargetEntityType, n.TargetEntityType));
        return new MoveTable(
            postgres.GetTableName()!,
            [.. properties.Select(p => Column(sqlite.FindProperty(p.Name)!, p)), .. documents],
            [.. postgres.FindPrimaryKey()!.Properties.Select(p => properties.IndexOf(p))],
            properties.Find(p => p.ValueGenerated == ValueGenerated.OnAdd && (p.ClrType == typeof(int) || p.ClrType == typeof(long)))?.GetColumnName());
    }

    private static MoveColumn Column(IProperty sqlite, IProperty postgres)
    {
        var (from, to) = (sqlite.GetRelationalTypeMapping().Converter, postgres.GetRelationalTypeMapping().Converter);
        var kept = Nullable.GetUnderlyingType(from?.ProviderClrType ?? sqlite.ClrType) ?? from?.ProviderClrType ?? sqlite.ClrType;
        return new MoveColumn(postgres.GetColumnName(), Types[postgres.GetRelationalTypeMapping().StoreTypeNameBase], raw =>
        {
            var value = kept.IsInstanceOfType(raw) ? raw : Convert.ChangeType(raw, kept, System.Globalization.CultureInfo.InvariantCulture);
            value = from is null ? value : from.ConvertFromProvider(value)!;
            return to is null ? value : to.ConvertToProvider(value)!;
        });
    }

    private static MoveColumn Document(IEntityType sqlite, IEntityType postgres) => new(
        postgres.GetContainerColumnName()!,
        NpgsqlDbType.Jsonb,
        raw => MoveDocument.Convert((string)raw, sqlite, postgres),
        json => MoveDocument.Convert(json, postgres, postgres));
}
