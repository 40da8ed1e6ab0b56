using System.Text.Json;
using Flama.AspNetCore;
using Flama.Data.Listing;
using Flama.Data.Model;
using Flama.Data.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Data.Saving;

/// <summary>Answers requests of the whole collection. Thread-safe.</summary>
/// <typeparam name="TEntity">The class of the records.</typeparam>
/// <typeparam name="TContext">The context that knows them.</typeparam>
/// <param name="shape">What is known of the records.</param>
/// <param name="lists">Reads the queries of lists.</param>
/// <param name="limits">What requests may bring.</param>
internal sealed class CollectionEndpoints<TEntity, TContext>(EntityShape<TEntity> shape, ListReader lists, RecordLimits limits)
    where TEntity : class
    where TContext : DbContext
{
    private const int MostAttempts = 10;

    private readonly RecordStore<TEntity> store = new(shape);
    private readonly RecordReader<TEntity> reader = new(shape);
    private readonly RecordRules<TEntity> rules = new(shape);
    private readonly RecordWriter<TEntity> writer = new(shape);

    public async Task ListAsync(HttpContext context)
    {
        var request = lists.Read(context.Request.Query);
        var (records, count) = await store.ListAsync(context.RequestServices.GetRequiredService<TContext>(), request, context.RequestAborted);
        await writer.WriteAsync(context, request.Meta(count), records);
    }

    public async Task ReplaceAsync(HttpContext context)
    {
        lists.RefuseFilters(context.Request.Query, "replaces the whole collection");
        using var body = await BodyAsync(context);
        var values = Read(body.RootElement);
        await InTransactionAsync(context, async database =>
        {
            await store.DropAsync(database, context.RequestAborted);
            database.ChangeTracker.Clear();
            return [.. values.Select(one => (Record: store.Add(database, one), Values: one))];
        });
    }

    public async Task PartialReplaceAsync(HttpContext context)
    {
        lists.RefuseFilters(context.Request.Query, "replaces the records of its list");
        using var body = await BodyAsync(context);
        var values = Read(body.RootElement);
        await InTransactionAsync(context, async database =>
        {
            List<(TEntity, RecordValues)> records = [];
            var known = await store.FindAllAsync(database, values.Select(one => one.Key).OfType<object>(), context.RequestAborted);
            var row = 0;
            foreach (var (json, one) in body.RootElement.EnumerateArray().Zip(values))
            {
                records.Add(one.Key is { } key && known.TryGetValue(key, out var found) ? (found, Replace(database, found, json, row)) : (store.Add(database, one), one));
                row++;
            }

            return records;
        });
    }

    public async Task DropAsync(HttpContext context)
    {
        lists.RefuseFilters(context.Request.Query, "takes all records away");
        await store.DropAsync(context.RequestServices.GetRequiredService<TContext>(), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private RecordValues Replace(TContext database, TEntity record, JsonElement json, int row)
    {
        Problems problems = new() { Row = row };
        var values = reader.Read(json, RecordPart.Whole, problems);
        problems.Throw();
        store.Change(database.Entry(record), values);
        return values;
    }

    private async Task<JsonDocument> BodyAsync(HttpContext context) => await context.Request.ReadJsonBodyAsync(limits.MaxListBodyBytes, limits.Json);

    // All are read before anything is done; two with one key would be told by databases in many ways.
    private List<RecordValues> Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            throw new FlamaException([new InputProblem("wrong_type", $"The body must be a list of {shape.Name} objects.")], 1);
        }

        if (json.GetArrayLength() > limits.MaxListRecords)
        {
            throw new FlamaException(ErrorCodes.InputTooLarge, $"The list has more than {limits.MaxListRecords} records, the most that are taken.", "Send several lists.");
        }

        Problems problems = new();
        Dictionary<object, int> places = [];
        List<RecordValues> all = new(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
        {
            problems.Row = all.Count;
            var values = reader.Read(item, RecordPart.New, problems);
            if (values.Key is { } key && !places.TryAdd(key, all.Count))
            {
                problems.Add(shape.Key.Member.Wrong("key", $"'{shape.Key.Member.Name}' is that of record {places[key]} too."));
            }

            all.Add(values);
        }

        problems.Throw();
        return all;
    }

    // A strategy that tries again does all of it again, with objects of its own.
    private async Task InTransactionAsync(HttpContext context, Func<TContext, Task<List<(TEntity Record, RecordValues Values)>>> change)
    {
        var database = context.RequestServices.GetRequiredService<TContext>();
        var cancellation = context.RequestAborted;
        for (var left = MostAttempts; ; left--)
        {
            try
            {
                var saved = await database.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
                {
                    database.ChangeTracker.Clear();
                    await using var transaction = database.Database.IsRelational() ? await database.Database.BeginTransactionAsync(cancellation) : null;
                    var records = await change(database);
                    CheckAll(database, records, context.RequestServices);
                    await SaveAsync(database, records, cancellation);
                    await (transaction?.CommitAsync(cancellation) ?? Task.CompletedTask);
                    return records;
                });
                await writer.WriteAsync(context, [.. saved.Select(one => one.Record)]);
                return;
            }
            catch (DbUpdateConcurrencyException) when (left > 1)
            {
                database.ChangeTracker.Clear();
            }
        }
    }

    private void CheckAll(TContext database, List<(TEntity Record, RecordValues Values)> records, IServiceProvider services)
    {
        Problems problems = new();
        foreach (var (record, values) in records)
        {
            var entry = database.Entry(record);
            problems.Row = (problems.Row ?? -1) + 1;
            rules.Check(record, values, member => entry.CurrentValues[member.Property], services, problems);
        }

        problems.Throw();
    }

    // Those with keys first: a key that the database gives must not be that of one which is still to come.
    private static async Task SaveAsync(TContext database, List<(TEntity Record, RecordValues Values)> records, CancellationToken cancellationToken)
    {
        var added = records.Where(one => database.Entry(one.Record).State == EntityState.Detached).ToLookup(one => one.Values.Key is not null, one => one.Record);
        database.AddRange(added[true]);
        await database.SaveChangesAsync(cancellationToken);
        if (added.Contains(false))
        {
            database.AddRange(added[false]);
            await database.SaveChangesAsync(cancellationToken);
        }
    }
}
