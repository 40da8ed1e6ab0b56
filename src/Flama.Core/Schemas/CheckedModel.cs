namespace Flama.Schemas;

/// <summary>A model whose rows are compared with a schema, and whose answers are looked at, before and after its methods compute.</summary>
internal sealed class CheckedModel : Model
{
    private const string Back = "inverse_transform";

    private readonly Model inner;
    private readonly SortedSet<string> warnings = new(StringComparer.Ordinal);

    private CheckedModel(Model inner, ModelSchema? schema, LoadOptions options)
    {
        this.inner = inner;
        var main = (inner.FindMethod(ModelMethod.Predict) ?? inner.Methods.FirstOrDefault(method => method.Name != Back))?.Input as TableSpec;
        Methods = [.. inner.Methods.Select(method => Checked(method, main, schema, options))];
    }

    /// <inheritdoc/>
    public override ModelMetadata Metadata => inner.Metadata;

    /// <inheritdoc/>
    public override IReadOnlyList<ModelMethod> Methods { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<LabelSet> Classes => inner.Classes;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Warnings => warnings.Count == 0 ? inner.Warnings : [.. inner.Warnings, .. warnings];

    /// <summary>Gives a model its checks; the same model where there are none.</summary>
    /// <param name="model">The model, which is disposed where this fails.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="options">What is to be checked.</param>
    /// <exception cref="FlamaException">The schema is wrong, or for another model (<see cref="ErrorCodes.InvalidSchema"/>).</exception>
    public static Model Of(Model model, ModelSource source, LoadOptions options)
    {
        try
        {
            var schema = options.Validation == ValidationMode.Off ? null
                : options.Schema ?? (source.Schema is { } own ? ModelSchema.Parse(own, "the package's schema") : null);
            return schema is null && !options.ChecksAnswers ? model : new CheckedModel(model, schema, options);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }

    private ModelMethod Checked(ModelMethod method, TableSpec? main, ModelSchema? schema, LoadOptions options)
    {
        var answers = options.ChecksAnswers ? new AnswerCheck(method) : null;
        if (schema is null || method.Name == Back || (main is not null && (method.Input as TableSpec)?.Features.Count != main.Features.Count))
        {
            return answers is null ? method : new CheckedMethod(method, method.Input, null, answers, options);
        }

        if (method.Input is not TableSpec { HasKnownFeatures: true, RowForm: RowForm.Cells or RowForm.Document } table)
        {
            throw new FlamaException(
                ErrorCodes.InvalidSchema, $"'{method.Name}' of the model does not take rows of known features, which the schema is for.", "Leave the schema out, or switch validation off.");
        }

        var checks = schema.For(table);
        foreach (var (index, check) in checks.Index())
        {
            if (check is { Rule.IsEmpty: false } && !table.Features[index].IsUsed)
            {
                warnings.Add($"The schema has a rule for '{SafeText.OneLine(table.Features[index].Name ?? $"{index}")}', which the model does not use: it is not checked.");
            }
        }

        var ruled = table with { Features = [.. table.Features.Select((feature, i) => checks[i] is { } check && feature.IsUsed ? RuleExample.Add(feature, check) : feature)] };
        return new CheckedMethod(method, ruled, new RowsCheck(ruled, checks), answers, options);
    }

    private sealed class CheckedMethod : ModelMethod
    {
        private readonly ModelMethod inner;
        private readonly RowsCheck? rows;
        private readonly AnswerCheck? answers;
        private readonly LoadOptions options;

        public CheckedMethod(ModelMethod inner, InputSpec input, RowsCheck? rows, AnswerCheck? answers, LoadOptions options)
            : base(inner.Name, input, inner.Outputs, inner.OutputForm)
        {
            this.inner = inner;
            this.rows = rows;
            this.answers = answers;
            this.options = options;
            IsRowwise = inner.IsRowwise;
        }

        public override ModelOutput Invoke(ModelInput input, in InvokeOptions invoke = default)
        {
            ArgumentNullException.ThrowIfNull(input);
            if (rows is not null && !invoke.RowsAreChecked && input is FeatureBatch batch && rows.Find(batch) is { } failure)
            {
                if (options.Validation == ValidationMode.Strict)
                {
                    throw failure;
                }

                options.OnViolation?.Invoke(failure);
            }

            var output = inner.Invoke(input, invoke);
            try
            {
                answers?.Check(output);
                return output;
            }
            catch
            {
                output.Dispose();
                throw;
            }
        }
    }
}
