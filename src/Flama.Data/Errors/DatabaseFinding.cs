using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Flama.Data.Errors;

/// <summary>What an exception says of a database.</summary>
/// <param name="Fault">Why it did not do what it was asked.</param>
/// <param name="Constraint">The constraint, where the database names it.</param>
/// <param name="Columns">The columns, where the database names them instead; not null.</param>
internal sealed record DatabaseFinding(DatabaseFault Fault, string? Constraint, IReadOnlyList<string> Columns)
{
    // Of SQLite, https://www.sqlite.org/rescode.html.
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, TooBig = 18, Constrained = 19, Mismatch = 20, NoDatabase = 26;
    private const int CheckFailed = 275, ForeignKeyFailed = 787, NotNullFailed = 1299, KeyTaken = 1555, ValueTaken = 2067, RowIdTaken = 2579;

    // SQL Server and MySQL have numbers of their own, which their clients tell in the data of the exception.
    private const string SqlServerNumber = "HelpLink.EvtID", MySqlNumber = "Server Error Code";

    /// <summary>Looks for a database's failure in an exception and its causes.</summary>
    /// <returns>What was found; null where it is none of a database's.</returns>
    public static DatabaseFinding? In(Exception exception)
    {
        // A database's own exception says more than those around it. What broke a connection counts only below one of those: others have connections too.
        DatabaseFinding? found = null;
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            found = cause switch
            {
                SqliteException sqlite => Of(sqlite),
                DbException database => Of(database),
                RetryLimitExceededException => new(DatabaseFault.Unavailable, null, []),
                DbUpdateException => new(DatabaseFault.Unknown, null, []),
                SocketException or TimeoutException or IOException when found is not null => new(DatabaseFault.Unavailable, null, []),
                _ => found,
            };
            if (found is { Fault: not (DatabaseFault.Unknown or DatabaseFault.Unavailable) })
            {
                return found;
            }
        }

        return found;
    }

    private static DatabaseFinding Of(SqliteException failure) => new(
        (failure.SqliteErrorCode, failure.SqliteExtendedErrorCode) switch
        {
            (Constrained, KeyTaken or ValueTaken or RowIdTaken) => DatabaseFault.Unique,
            (Constrained, ForeignKeyFailed) => DatabaseFault.ForeignKey,
            (Constrained, NotNullFailed) => DatabaseFault.NotNull,
            (Constrained, CheckFailed) => DatabaseFault.Check,
            (Constrained, _) => DatabaseFault.Check,
            (TooBig or Mismatch, _) => DatabaseFault.Data,
            (Busy or Locked or ReadOnly or InputOutput or Corrupt or Full or CannotOpen or NoDatabase, _) => DatabaseFault.Unavailable,
            _ => DatabaseFault.Unknown,
        },
        null,
        SqliteColumns.In(failure.Message));

    private static DatabaseFinding Of(DbException failure)
    {
        var fault = Of(failure.SqlState, (failure.Data[SqlServerNumber] ?? failure.Data[MySqlNumber])?.ToString());
        return new(
            fault == DatabaseFault.Unknown && (failure.IsTransient || failure.InnerException is SocketException or IOException or TimeoutException) ? DatabaseFault.Unavailable : fault,
            failure.Data["ConstraintName"] as string,
            failure.Data["ColumnName"] is string column ? [column] : []);
    }

    // SQL's classes of conditions, and PostgreSQL's codes in them.
    private static DatabaseFault Of(string? state, string? number) => state switch
    {
        "23505" or "23P01" => DatabaseFault.Unique,
        "23503" or "23001" => DatabaseFault.ForeignKey,
        "23502" => DatabaseFault.NotNull,
        "23514" => DatabaseFault.Check,
        "40001" or "40P01" or "55P03" => DatabaseFault.Contention,
        { Length: 5 } when state.StartsWith("22", StringComparison.Ordinal) => DatabaseFault.Data,
        { Length: 5 } when state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal)
            || state is "25006" or "57014" => DatabaseFault.Unavailable,
        _ => OfNumber(number) is var fault and not DatabaseFault.Unknown ? fault : state is "23000" ? DatabaseFault.Unique : DatabaseFault.Unknown,
    };

    private static DatabaseFault OfNumber(string? number) => number switch
    {
        "2601" or "2627" or "1062" => DatabaseFault.Unique,
        "547" or "1451" or "1452" => DatabaseFault.ForeignKey,
        "515" or "1048" => DatabaseFault.NotNull,
        "3819" => DatabaseFault.Check,
        "1205" or "1213" => DatabaseFault.Contention,
        "2628" or "8152" or "8115" or "1264" or "1366" or "1406" => DatabaseFault.Data,
        _ => DatabaseFault.Unknown,
    };
}
