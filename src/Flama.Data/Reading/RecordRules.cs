using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Flama.Data.Model;

namespace Flama.Data.Reading;

/// <summary>Checks records by the annotations of their class. Thread-safe.</summary>
/// <typeparam name="TEntity">The class of the records.</typeparam>
/// <param name="shape">What is known of the records.</param>
internal sealed class RecordRules<TEntity>(EntityShape<TEntity> shape)
    where TEntity : class
{
    private readonly ValidationAttribute[] ofClass = [.. typeof(TEntity).GetCustomAttributes<ValidationAttribute>()];
    private readonly EntityMember[] ruled = [.. shape.Members.Where(member => member.Rules.Count > 0)];

    /// <summary>Checks a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="values">What the request brought: only that is checked by itself.</param>
    /// <param name="valueOf">The value of a member.</param>
    /// <param name="services">The services of the request, for rules that ask for them.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public void Check(TEntity record, RecordValues values, Func<EntityMember, object?> valueOf, IServiceProvider services, Problems problems)
    {
        var before = problems.Count;
        foreach (var member in ruled)
        {
            if (values.Has(member) && !problems.Has(member))
            {
                Check(member, valueOf(member), Context(record, services, member.Property.Name, member.Name), problems);
            }
        }

        if (problems.Count == before && (ofClass.Length > 0 || record is IValidatableObject))
        {
            CheckWhole(record, Context(record, services, null, shape.Name), problems);
        }
    }

    private static ValidationContext Context(TEntity record, IServiceProvider services, string? property, string name) =>
        new(record, services, items: null) { MemberName = property, DisplayName = name };

    private static void Check(EntityMember member, object? value, ValidationContext context, Problems problems)
    {
        foreach (var rule in member.Rules)
        {
            if (rule.GetValidationResult(value, context) is { } broken)
            {
                problems.Add(member.Wrong("rule", broken.ErrorMessage ?? $"'{member.Name}' is not valid."));
            }
        }
    }

    private void CheckWhole(TEntity record, ValidationContext context, Problems problems)
    {
        IEnumerable<ValidationResult?> results = ofClass.Select(rule => rule.GetValidationResult(record, context));
        if (record is IValidatableObject validatable)
        {
            results = results.Concat(validatable.Validate(context));
        }

        foreach (var broken in results.OfType<ValidationResult>().Where(result => result != ValidationResult.Success))
        {
            var name = broken.MemberNames.FirstOrDefault();
            problems.Add(new InputProblem("rule", broken.ErrorMessage ?? $"The {shape.Name} is not valid.")
            {
                Name = name is null ? null : shape.FindByProperty(name)?.Name ?? name,
            });
        }
    }
}
