using System.Text.Json;
using Flama.AspNetCore;
using Flama.Data.Model;
using Flama.Data.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Data.Saving;

/// <summary>Answers requests of one record. Thread-safe.</summary>
/// <typeparam name="TEntity">The class of the records.</typeparam>
/// <typeparam name="TContext">The context that knows them.</typeparam>
/// <param name="shape">What is known of the records.</param>
/// <param name="limits">What requests may bring.</param>
internal sealed class RecordEndpoints<TEntity, TContext>(EntityShape<TEntity> shape, RecordLimits limits)
    where TEntity : class
    where TContext : DbContext
{
    // Each time somebody else was faster; one of all who try is always the first.
    private const int MostAttempts = 100;

    private const string JsonPatch = "application/json-patch+json";

    private readonly RecordStore<TEntity> store = new(shape);
    private readonly RecordReader<TEntity> reader = new(shape);
    private readonly RecordRules<TEntity> rules = new(shape);
    private readonly RecordWriter<TEntity> writer = new(shape);

    public async Task CreateAsync(HttpContext context)
    {
        using var body = await BodyAsync(context);
        Problems problems = new();
        var values = reader.Read(body.RootElement, RecordPart.New, problems);
        problems.Throw();
        var database = context.RequestServices.GetRequiredService<TContext>();
        var record = store.Add(database, values);
        Check(database.Entry(record), values, context, problems);
        database.Add(record);
        await database.SaveChangesAsync(context.RequestAborted);
        context.Response.Headers.Location = $"{context.Request.PathBase.ToUriComponent()}{new PathString(context.Request.Path.Value!.TrimEnd('/')).ToUriComponent()}/{EntityKey<TEntity>.Format(KeyOf(database, record))}/";
        await writer.WriteAsync(context, database, record, StatusCodes.Status201Created);
    }

    public async Task RetrieveAsync(HttpContext context)
    {
        Preconditions conditions = new(context.Request.Headers);
        var database = context.RequestServices.GetRequiredService<TContext>();
        var record = await store.FindAsync(database, KeyOf(context), context.RequestAborted);
        if (EntityTag.Of(database.Entry(record), shape.Tokens) is { } tag && conditions.Has(tag))
        {
            context.Response.Headers.ETag = tag;
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await writer.WriteAsync(context, database, record);
    }

    public Task UpdateAsync(HttpContext context) => ChangeAsync(context, RecordPart.Whole);

    public Task PartialUpdateAsync(HttpContext context) =>
        context.Request.ContentType?.StartsWith(JsonPatch, StringComparison.OrdinalIgnoreCase) == true
            ? throw new FlamaException(ErrorCodes.UnsupportedMediaType, "JSON Patch (RFC 6902) is not taken.", "Send JSON Merge Patch (RFC 7396): application/merge-patch+json.")
            : ChangeAsync(context, RecordPart.Some);

    public async Task DeleteAsync(HttpContext context)
    {
        var key = KeyOf(context);
        await RepeatAsync(context, async (database, conditions) =>
        {
            var record = await store.FindAsync(database, key, context.RequestAborted);
            conditions.Check(EntityTag.Of(database.Entry(record), shape.Tokens));
            database.Remove(record);
            await database.SaveChangesAsync(context.RequestAborted);
        });
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ChangeAsync(HttpContext context, RecordPart part)
    {
        var key = KeyOf(context);
        using var body = await BodyAsync(context);
        await RepeatAsync(context, async (database, conditions) =>
        {
            var record = await store.FindAsync(database, key, context.RequestAborted);
            var entry = database.Entry(record);
            conditions.Check(EntityTag.Of(entry, shape.Tokens));
            Problems problems = new();
            var values = reader.Read(body.RootElement, part, problems, part == RecordPart.Some ? member => entry.CurrentValues[member.Property] : null);
            if (values.Key is { } other && !other.Equals(key))
            {
                problems.Add(shape.Key.Member.Wrong("key", $"'{shape.Key.Member.Name}' is another one than that in the path."));
            }

            problems.Throw();
            store.Change(entry, values);
            Check(entry, values, context, problems);
            await database.SaveChangesAsync(context.RequestAborted);
            await writer.WriteAsync(context, database, record);
        });
    }

    // A request that does not say which version it is meant for is meant for that of the moment, which may change while it is read.
    private async Task RepeatAsync(HttpContext context, Func<TContext, Preconditions, Task> attempt)
    {
        Preconditions conditions = new(context.Request.Headers);
        if (limits.RequireIfMatch && shape.Tokens.Count > 0 && !conditions.IsSaid)
        {
            throw new FlamaException(
                ErrorCodes.PreconditionRequired, $"The request must say which version of the {shape.Name} it is meant for.", "Get it, and send the request with its ETag as If-Match.");
        }

        var database = context.RequestServices.GetRequiredService<TContext>();
        for (var left = MostAttempts; ; left--)
        {
            try
            {
                await attempt(database, conditions);
                return;
            }
            catch (DbUpdateConcurrencyException) when (!conditions.IsCertain && left > 1)
            {
                database.ChangeTracker.Clear();
            }
            catch (DbUpdateConcurrencyException) when (conditions.IsCertain)
            {
                throw Preconditions.Failure();
            }
        }
    }

    private Task<JsonDocument> BodyAsync(HttpContext context) => context.Request.ReadJsonBodyAsync(limits.MaxBodyBytes, limits.Json);

    private void Check(EntityEntry<TEntity> entry, RecordValues values, HttpContext context, Problems problems)
    {
        rules.Check(entry.Entity, values, member => entry.CurrentValues[member.Property], context.RequestServices, problems);
        problems.Throw();
    }

    private object KeyOf(HttpContext context) => shape.Key.Parse((string)context.Request.RouteValues[ResourcePath.Key]!);

    private object KeyOf(TContext database, TEntity record) => database.Entry(record).CurrentValues[shape.Key.Property]!;
}
