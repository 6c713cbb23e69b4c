using Npgsql;
using NpgsqlTypes;

namespace Latchkey.Storage.Postgres;

/// <summary>Parameters by position, each of the type its column has, and columns that may hold nothing.</summary>
internal static class PostgresValues
{
    public static void AddId(this NpgsqlParameterCollection parameters, Guid? value) => Add(parameters, value, NpgsqlDbType.Uuid);

    public static void AddNumber(this NpgsqlParameterCollection parameters, int? value) => Add(parameters, value, NpgsqlDbType.Integer);

    public static void AddTime(this NpgsqlParameterCollection parameters, DateTimeOffset? value) => Add(parameters, value, NpgsqlDbType.TimestampTz);

    public static void AddText(this NpgsqlParameterCollection parameters, string? value) =>
        parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value });

    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    // The generic parameter keeps the value out of a box, which matters on the hot path.
    private static void Add<T>(NpgsqlParameterCollection parameters, T? value, NpgsqlDbType type)
        where T : struct => parameters.Add(value is { } v
            ? new NpgsqlParameter<T> { NpgsqlDbType = type, TypedValue = v }
            : new NpgsqlParameter { NpgsqlDbType = type, Value = DBNull.Value });
}
