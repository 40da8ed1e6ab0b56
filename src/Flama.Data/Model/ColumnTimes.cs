using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Flama.Data.Model;

/// <summary>
/// Times as their columns take them: PostgreSQL's <c>timestamp with time zone</c> takes UTC only, the one without a zone takes no UTC, SQLite compares times as texts, which must be of
/// one zone, and a time with an offset is never to become one of this machine.
/// </summary>
internal static class ColumnTimes
{
    private const string WithZone = "timestamp with time zone";
    private const string WithOffset = "datetimeoffset";
    private const string WithoutZone = "timestamp without time zone";

    /// <summary>What makes a value of a property one that its column takes.</summary>
    public static Func<object, object> For(IProperty property)
    {
        var column = property.FindRelationalTypeMapping()?.StoreType ?? "";
        var bare = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (bare == typeof(DateTimeOffset))
        {
            return Is(column, WithOffset) ? static value => value : static value => ((DateTimeOffset)value).ToUniversalTime();
        }

        if (bare != typeof(DateTime))
        {
            return static value => value;
        }

        return Is(column, WithZone) ? static value => Universal((DateTime)value, DateTimeKind.Utc)
            : Is(column, WithoutZone) ? static value => DateTime.SpecifyKind(Universal((DateTime)value, DateTimeKind.Unspecified), DateTimeKind.Unspecified)
            : static value => Universal((DateTime)value, DateTimeKind.Unspecified);
    }

    private static bool Is(string column, string type) => column.StartsWith(type, StringComparison.OrdinalIgnoreCase);

    private static DateTime Universal(DateTime time, DateTimeKind unspecified) => time.Kind switch
    {
        DateTimeKind.Local => time.ToUniversalTime(),
        DateTimeKind.Unspecified => DateTime.SpecifyKind(time, unspecified),
        _ => time,
    };
}
