using System.Data.Common;
using System.Net.Sockets;
using Flama.Data.Errors;
using Microsoft.EntityFrameworkCore;

namespace Flama.Data.Tests;

/// <summary>What databases say that are not here: by SQL's classes of conditions, and by the numbers of SQL Server and MySQL.</summary>
public sealed class DatabaseErrorsTests
{
    [Theory]
    [InlineData("23505", null, "conflict")]
    [InlineData("23503", null, "conflict")]
    [InlineData("23514", null, "conflict")]
    [InlineData("23000", null, "conflict")]
    [InlineData("22003", null, "invalid_input")]
    [InlineData("40001", null, "database_unavailable")]
    [InlineData("40P01", null, "database_unavailable")]
    [InlineData("08006", null, "database_unavailable")]
    [InlineData("53300", null, "database_unavailable")]
    [InlineData("57P01", null, "database_unavailable")]
    [InlineData("42703", null, null)]
    [InlineData(null, "2627", "conflict")]
    [InlineData(null, "2601", "conflict")]
    [InlineData(null, "547", "conflict")]
    [InlineData(null, "1205", "database_unavailable")]
    [InlineData(null, "2628", "invalid_input")]
    [InlineData(null, "207", null)]
    [InlineData("23000", "1452", "conflict")]
    [InlineData("HY000", "3819", "conflict")]
    [InlineData("22001", "1406", "invalid_input")]
    [InlineData("40001", "1213", "database_unavailable")]
    public void Failure_OfADatabase_IsTold(string? state, string? number, string? code)
    {
        Failure failure = new(state, number);

        var (direct, around) = (DatabaseErrors.Of(failure), DatabaseErrors.Of(new DbUpdateException("INSERT INTO secret", failure)));

        Assert.Equal((code, code), (direct?.Code.Name, around?.Code.Name));
        Assert.DoesNotContain("secret", $"{direct?.Message} {around?.Message}", StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_ThatIsBroken_IsUnavailable_WhereADatabaseSaysSo()
    {
        Assert.Equal("database_unavailable", DatabaseErrors.Of(new Failure(null, null, new SocketException()))?.Code.Name);
        Assert.Equal("database_unavailable", DatabaseErrors.Of(new InvalidOperationException("transient", new Failure(null, null, new TimeoutException())))?.Code.Name);
        Assert.Null(DatabaseErrors.Of(new HttpRequestException("x", new SocketException())));
        Assert.Null(DatabaseErrors.Of(new IOException("x")));
        Assert.Null(DatabaseErrors.Of(new OperationCanceledException()));
    }

    [Fact]
    public void ForeignKey_OfMySql_IsNoTakenValue() =>
        Assert.Equal("What the record refers to is not there.", DatabaseErrors.Of(new Failure("23000", "1452"))?.Message);

    [Theory]
    [InlineData("SQLite Error 19: 'UNIQUE constraint failed: puppies.name, puppies.owner'.", "name owner")]
    [InlineData("SQLite Error 19: 'FOREIGN KEY constraint failed'.", "")]
    [InlineData("SQLite Error 19: 'CHECK constraint failed: rich'.", "")]
    public void Columns_OfSqlite_AreFound(string message, string columns) => Assert.Equal(columns, string.Join(' ', SqliteColumns.In(message)));

    private sealed class Failure : DbException
    {
        private readonly string? state;

        public Failure(string? state, string? number, Exception? cause = null)
            : base("SELECT secret", cause)
        {
            this.state = state;
            if (number is not null)
            {
                Data["HelpLink.EvtID"] = number;
            }
        }

        public override string? SqlState => state;
    }
}
