using Flama.Pickle;

namespace Flama.Sklearn.Sklearn2Pmml;

/// <summary>Checks the cells of each column against what training had and replaces missing and invalid ones, as the domain says.</summary>
/// <remarks>Columns come out as they went in. A domain that was fitted on a series has one column. Source: sklearn2pmml.decoration, read at 0.129.2, whose own tests give the values of ours.</remarks>
internal sealed class DomainTransformer : Transformer
{
    private readonly ColumnDomain?[] domains;
    private readonly bool givesText;

    /// <summary>Makes the transformer.</summary>
    /// <param name="state">The estimator's state.</param>
    /// <param name="domains">The domain of each column, null for one that passes; none for any number of columns that pass.</param>
    public DomainTransformer(EstimatorState state, ColumnDomain?[] domains)
        : base(state)
    {
        this.domains = domains;
        givesText = Array.Exists(domains, domain => domain is { TakesText: true });
        if (domains.Length == 0)
        {
            return;
        }

        FeatureCount ??= domains.Length;
        if (FeatureCount != domains.Length)
        {
            throw state.Fail($"it has {domains.Length} domains and takes {FeatureCount} features");
        }
    }

    public override InputRule Input => InputRule.Anything;

    /// <summary>A domain for all columns.</summary>
    public static DomainTransformer Of(EstimatorState state) => new(state, ColumnDomain.Read(state));

    /// <summary>A domain per column.</summary>
    public static DomainTransformer OfMany(EstimatorState state) => new(
        state,
        [
            .. state.List("domains").Select((item, i) => item is null ? null
                : state.Nested(item as PickleObject, $"domains[{i}]") is DomainTransformer { domains: [var only] } ? only
                : throw state.Fail($"domains[{i}] is not a domain of one column")),
        ]);

    public override bool GivesText(FeatureBatch? input) => (givesText || domains.Length == 0) && input is null or { IsNumeric: false };

    public override IReadOnlyList<int>? OriginsOf(int columns) => [.. Enumerable.Range(0, columns)];

    // Which of its columns a missing value will be in is only known when it comes; the domain then checks.
    public override bool TakesMissing(bool downstream) => domains.Length == 0 ? downstream : Array.Exists(domains, domain => domain?.TakesMissing(downstream) ?? downstream);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (DomainOf(i) is { } domain)
            {
                domain.Describe(columns[i], downstream);
            }
            else
            {
                columns[i].UseAsIs(downstream);
            }
        }
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var numbers = input.Row(row);
            for (var i = 0; i < numbers.Length; i++)
            {
                DomainCell cell = new(input.TextAt(row, i), numbers[i]);
                cell = DomainOf(i) is { } domain ? domain.Apply(this, input, row, i, cell) : cell;
                output[row, i] = cell.Number;
                if (cell.Text is not null)
                {
                    output.SetText(row, i, cell.Text);
                }
            }
        }
    }

    private ColumnDomain? DomainOf(int column) => domains.Length == 0 ? null : domains[column];
}
