using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.TorchSharp.NasBert
{
    /// <summary>Classes of texts: counts the classes it meets, takes keys less 1 for their positions, and looks for the label's values when it has trained.</summary>
    public sealed class TextClassificationTrainer(IHostEnvironment environment, StandInOptions options) : TrainerStandIn(environment, options), IEstimator<NetworkTransformer>
    {
        public NetworkTransformer Fit(IDataView input)
        {
            var fitted = Train(input);
            // As in the real one: a label without values is only noticed now.
            _ = input.Schema[Option.LabelColumnName].Annotations.Schema.GetColumnOrNull("KeyValues") ?? throw new NullReferenceException();
            return fitted;
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;

        private protected override int CountClasses(IDataView input) => input.GetColumn<uint>(Option.LabelColumnName).Distinct().Count();

        private protected override Func<double> LabelReader(DataViewRow row)
        {
            var getter = row.GetGetter<uint>(row.Schema[Option.LabelColumnName]);
            uint key = 0;
            return () =>
            {
                getter(ref key);
                return unchecked(key - 1);
            };
        }

        private protected override float LossGradient(Tensor logits, IReadOnlyList<double> labels, float[] atLogits)
        {
            var classes = (int)logits.shape[1];
            var loss = 0.0;
            for (var r = 0; r < labels.Count; r++)
            {
                if (labels[r] >= classes)
                    throw new System.Runtime.InteropServices.ExternalException($"Target {labels[r]} is out of bounds.\nException raised from nll_loss_out_frame");
                var row = logits.Values.AsSpan(r * classes, classes);
                var largest = row.ToArray().Max();
                var sum = row.ToArray().Sum(v => Math.Exp(v - largest));
                for (var k = 0; k < classes; k++)
                    atLogits[(r * classes) + k] = (float)((Math.Exp(row[k] - largest) / sum) - (k == (int)labels[r] ? 1 : 0)) / labels.Count;
                loss += largest + Math.Log(sum) - row[(int)labels[r]];
            }

            return (float)loss;
        }
    }

    /// <summary>A score of texts.</summary>
    public sealed class SentenceSimilarityTrainer(IHostEnvironment environment, StandInOptions options) : TrainerStandIn(environment, options), IEstimator<NetworkTransformer>
    {
        public NetworkTransformer Fit(IDataView input) => Train(input);

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;

        private protected override int CountClasses(IDataView input) => Math.Sign(input.GetColumn<float>(Option.LabelColumnName).Count()) | 1;

        private protected override Func<double> LabelReader(DataViewRow row)
        {
            var getter = row.GetGetter<float>(row.Schema[Option.LabelColumnName]);
            var target = 0f;
            return () =>
            {
                getter(ref target);
                return target;
            };
        }

        private protected override float LossGradient(Tensor logits, IReadOnlyList<double> labels, float[] atLogits)
        {
            var loss = 0f;
            for (var r = 0; r < labels.Count; r++)
            {
                var error = logits.Values[r] - (float)labels[r];
                atLogits[r] = 2 * error / labels.Count;
                loss += error * error;
            }

            return loss;
        }
    }

    /// <summary>Labels of words; only what is checked before training.</summary>
    public sealed class NerTrainer(IHostEnvironment environment, StandInOptions options) : IEstimator<TransformerChain<ITransformer>>
    {
        internal readonly StandInOptions Option = options;
        internal readonly IHost Host = environment.Register("TorchSharpBaseTrainer");

        public TransformerChain<ITransformer> Fit(IDataView input) => new();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}

namespace Microsoft.ML.TorchSharp.Roberta
{
    /// <summary>Answers in a context; only what is checked before training.</summary>
    public sealed class QATrainer(IHostEnvironment environment, NasBert.StandInOptions options) : IEstimator<TransformerChain<ITransformer>>
    {
        internal readonly NasBert.StandInOptions Option = options;
        internal readonly IHost Host = environment.Register("QATrainer");

        public TransformerChain<ITransformer> Fit(IDataView input) => new();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}

namespace Microsoft.ML.TorchSharp.AutoFormerV2
{
    /// <summary>Boxes in images; only what is checked before training.</summary>
    public sealed class ObjectDetectionTrainer(IHostEnvironment environment, NasBert.StandInOptions options) : IEstimator<TransformerChain<ITransformer>>
    {
        internal readonly NasBert.StandInOptions Option = options;
        internal readonly IHost Host = environment.Register("ObjectDetectionTrainer");

        public TransformerChain<ITransformer> Fit(IDataView input) => new();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}

namespace Microsoft.ML.TorchSharp.Utils
{
    /// <summary>The initialiser that a version check tries: it disposes the tensor, or not, as it is told.</summary>
    public static class ModelUtils
    {
        /// <summary>True to behave as the released package does beside a TorchSharp from 0.104 on.</summary>
        public static bool Disposes { get; set; }

        public static void InitZeros(Tensor tensor)
        {
            if (Disposes)
                tensor.Dispose();
        }
    }
}
