using System.Text.Json;
using System.Text.Json.Serialization;
using Flama.Data.Model;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Flama.Data.Reading;

/// <summary>Reads records from JSON: their own members only, each by its type. Thread-safe.</summary>
/// <typeparam name="TEntity">The class of the records.</typeparam>
/// <param name="shape">What is known of the records.</param>
internal sealed class RecordReader<TEntity>(EntityShape<TEntity> shape)
    where TEntity : class
{
    private readonly string record = Article.With(shape.Name);

    /// <summary>Reads a record.</summary>
    /// <param name="json">The record.</param>
    /// <param name="part">How much of it there must be.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="current">The present value of a member, for patches that go into it; null for none.</param>
    public RecordValues Read(JsonElement json, RecordPart part, Problems problems, Func<EntityMember, object?>? current = null)
    {
        RecordValues values = new();
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new InputProblem("wrong_type", $"{char.ToUpperInvariant(record[0])}{record[1..]} must be an object."));
            return values;
        }

        ReadMembers(json, part, problems, current, values);
        if (part != RecordPart.Some)
        {
            Complete(part, problems, values);
        }

        return values;
    }

    private void ReadMembers(JsonElement json, RecordPart part, Problems problems, Func<EntityMember, object?>? current, RecordValues values)
    {
        foreach (var given in json.EnumerateObject())
        {
            if (!shape.ByName.TryGetValue(NameOf(given), out var member))
            {
                if (shape.JsonOptions.UnmappedMemberHandling == JsonUnmappedMemberHandling.Disallow)
                {
                    problems.Add(new InputProblem("unknown_member", $"'{given.Name}' is no member of {record}.") { Name = given.Name });
                }
            }
            else if (member == shape.Key.Member)
            {
                ReadKey(given.Value, part, problems, values);
            }
            else if (part == RecordPart.New ? member.IsCreatable : member.IsUpdatable)
            {
                ReadMember(member, given.Value, problems, current, values);
            }
        }
    }

    // Text that is no text, half a surrogate pair for example, is told as malformed JSON.
    private static string NameOf(JsonProperty given)
    {
        try
        {
            return given.Name;
        }
        catch (InvalidOperationException failure)
        {
            throw new FlamaException(ErrorCodes.MalformedJson, "The body has a name that is not valid Unicode.", "Send JSON in UTF-8.", failure);
        }
    }

    // Null is none, so that what a class without a key is written as can be sent.
    private void ReadKey(JsonElement json, RecordPart part, Problems problems, RecordValues values)
    {
        var member = shape.Key.Member;
        if (json.ValueKind == JsonValueKind.Null || (part == RecordPart.New && !member.IsCreatable))
        {
            return;
        }

        if (member.Read(json, out var key) is { } problem)
        {
            problems.Add(problem);
            return;
        }

        values.Key = key;
        if (part == RecordPart.New)
        {
            values.Set(member, key);
        }
    }

    private static void ReadMember(EntityMember member, JsonElement json, Problems problems, Func<EntityMember, object?>? current, RecordValues values)
    {
        if (json.ValueKind == JsonValueKind.Object && current is not null)
        {
            using var merged = JsonDocument.Parse(MergePatch.Apply(JsonSerializer.SerializeToNode(current(member), member.Json), json)!.ToJsonString());
            json = merged.RootElement.Clone();
        }

        if (member.Read(json, out var value) is { } problem)
        {
            problems.Add(problem);
        }
        else
        {
            values.Set(member, value);
        }
    }

    private void Complete(RecordPart part, Problems problems, RecordValues values)
    {
        foreach (var member in shape.Members)
        {
            if (values.Has(member) || problems.Has(member) || (part == RecordPart.New ? !member.IsCreatable : !member.IsUpdatable))
            {
                continue;
            }

            if (member.IsRequired)
            {
                problems.Add(member.Wrong("missing", $"'{member.Name}' is missing."));
            }
            else if (part == RecordPart.Whole && member != shape.Key.Member)
            {
                Reset(member, problems, values);
            }
        }
    }

    // A default that only the database has is not known here.
    private static void Reset(EntityMember member, Problems problems, RecordValues values)
    {
        if (member.Default is null && !member.IsNullable)
        {
            problems.Add(member.Wrong("missing", $"'{member.Name}' is missing."));
        }
        else if (!member.Property.ValueGenerated.HasFlag(ValueGenerated.OnAdd))
        {
            values.Set(member, member.Default);
        }
    }
}
