using System.Globalization;
using System.Linq.Expressions;
using Flama.Data.Listing;
using Flama.Data.Model;
using Flama.Data.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Flama.Data.Saving;

/// <summary>The records of a resource in a context. Thread-safe; contexts are not.</summary>
/// <typeparam name="TEntity">The class of the records.</typeparam>
/// <param name="shape">What is known of the records.</param>
internal sealed class RecordStore<TEntity>(EntityShape<TEntity> shape)
    where TEntity : class
{
    private const int KeysAtOnce = 500;
    private const int MostShown = 100;

    // Only those can be deleted by one command.
    private readonly bool isOneTable = shape.Entity.GetRootType().GetDerivedTypesInclusive().SelectMany(type => type.GetTableMappings()).Select(mapping => mapping.Table).Distinct().Count() == 1;

    /// <summary>Finds a record, to be changed or shown.</summary>
    /// <exception cref="FlamaException">There is none (<see cref="ErrorCodes.RecordNotFound"/>).</exception>
    public async Task<TEntity> FindAsync(DbContext context, object key, CancellationToken cancellationToken) =>
        await context.Set<TEntity>().AsTracking().SingleOrDefaultAsync(shape.Key.Is(key), cancellationToken)
        ?? throw new FlamaException(ErrorCodes.RecordNotFound, $"There is no {shape.Name} with {shape.Key.Member.Name} {Shown(key)}.");

    /// <summary>Finds the records of several keys, to be changed; some may not be there.</summary>
    public async Task<Dictionary<object, TEntity>> FindAllAsync(DbContext context, IEnumerable<object> keys, CancellationToken cancellationToken)
    {
        Dictionary<object, TEntity> found = [];
        foreach (var some in keys.Chunk(KeysAtOnce))
        {
            foreach (var record in await context.Set<TEntity>().AsTracking().Where(shape.Key.IsAmong([.. some])).ToListAsync(cancellationToken))
            {
                found[context.Entry(record).CurrentValues[shape.Key.Property]!] = record;
            }
        }

        return found;
    }

    /// <summary>A page of the records, and how many there are where that is asked.</summary>
    public async Task<(List<TEntity> Records, long? Count)> ListAsync(DbContext context, ListRequest request, CancellationToken cancellationToken)
    {
        var query = request.Conditions.Aggregate(
            context.Set<TEntity>().AsNoTracking(), (found, condition) => found.Where(Expression.Lambda<Func<TEntity, bool>>(condition, shape.Record)));
        var isFirst = true;
        foreach (var order in request.Orders)
        {
            query = order.Apply(query, isFirst, request.IsDescending);
            isFirst = false;
        }

        return await PageQueryExtensions.TakeAsync(query, request.Offset, request.Size, request.WantsCount, cancellationToken);
    }

    /// <summary>Makes a record and adds it to the context.</summary>
    public TEntity Add(DbContext context, RecordValues values)
    {
        var record = (TEntity)shape.Factory!.Make(values.Of);
        var entry = context.Entry(record);
        foreach (var (member, value) in values.All)
        {
            entry.CurrentValues[member.Property] = value;
        }

        foreach (var token in shape.Tokens)
        {
            if (token.Next is { } next)
            {
                entry.CurrentValues[token.Property] = next(entry.CurrentValues[token.Property]);
            }
        }

        return record;
    }

    /// <summary>Gives a record of the context other values, and a new version where that changes it.</summary>
    public void Change(EntityEntry<TEntity> entry, RecordValues values)
    {
        foreach (var (member, value) in values.All)
        {
            entry.CurrentValues[member.Property] = value;
        }

        if (entry.State == EntityState.Unchanged)
        {
            return;
        }

        foreach (var token in shape.Tokens)
        {
            if (token.Next is { } next)
            {
                entry.CurrentValues[token.Property] = next(entry.CurrentValues[token.Property]);
            }
        }
    }

    /// <summary>Takes all records away.</summary>
    public async Task DropAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (isOneTable && context.Database.IsRelational())
        {
            await context.Set<TEntity>().ExecuteDeleteAsync(cancellationToken);
            return;
        }

        context.RemoveRange(await context.Set<TEntity>().AsTracking().ToListAsync(cancellationToken));
        await context.SaveChangesAsync(cancellationToken);
    }

    private static string Shown(object key) => key is string text
        ? $"'{(text.Length <= MostShown ? text : $"{text.AsSpan(0, MostShown)}…")}'"
        : Convert.ToString(key, CultureInfo.InvariantCulture)!;
}
