namespace MLNetDebug;

/// <summary>The ids of all rules. An id once shipped is never given another meaning.</summary>
public static class RuleIds
{
    /// <summary>Features stand on scales so different that gradient trainers suffer.</summary>
    public const string FeatureScale = "MLD101";

    /// <summary>A feature holds infinite values.</summary>
    public const string InfiniteFeature = "MLD102";

    /// <summary>A feature has one value only.</summary>
    public const string ConstantFeature = "MLD103";

    /// <summary>Rows are not shuffled: their order carries the label or the features.</summary>
    public const string UnshuffledRows = "MLD104";

    /// <summary>Far more batches hold a single class than shuffled rows would give.</summary>
    public const string OneLabelBatches = "MLD105";

    /// <summary>Labels are missing (NaN, key 0, empty).</summary>
    public const string MissingLabel = "MLD106";

    /// <summary>Labels have nothing to do with the features.</summary>
    public const string LabelsUnrelated = "MLD107";

    /// <summary>Single labels look wrong.</summary>
    public const string LabelErrors = "MLD108";

    /// <summary>Equal rows carry different labels.</summary>
    public const string ConflictingLabels = "MLD109";

    /// <summary>One class is far rarer than the others.</summary>
    public const string ClassImbalance = "MLD110";

    /// <summary>A column is distributed differently in two splits.</summary>
    public const string SplitShift = "MLD111";

    /// <summary>The label is distributed differently in two splits.</summary>
    public const string LabelShift = "MLD112";

    /// <summary>The dependence between columns differs in two splits.</summary>
    public const string MultivariateShift = "MLD113";

    /// <summary>Rows of the training split stand in the hold-out split too.</summary>
    public const string SplitLeakage = "MLD114";

    /// <summary>One feature alone gives the label away.</summary>
    public const string TargetLeakage = "MLD115";

    /// <summary>Cells a text loader replaces with 0, NaN or nothing without a word.</summary>
    public const string SilentlyReplacedCells = "MLD116";

    /// <summary>A regression target is far from zero mean and unit scale.</summary>
    public const string TargetScale = "MLD117";

    /// <summary>The label's type or values do not fit the task.</summary>
    public const string LabelType = "MLD118";

    /// <summary>Declared classes that no row carries.</summary>
    public const string LabelGaps = "MLD119";

    /// <summary>All labels are the same.</summary>
    public const string OneClass = "MLD120";

    /// <summary>Labels are aligned with the features of another row.</summary>
    public const string LabelsShifted = "MLD121";

    /// <summary>Groups stand on both sides of a split.</summary>
    public const string GroupLeakage = "MLD122";

    /// <summary>Missing feature values that a trainer drops or is poisoned by.</summary>
    public const string MissingFeature = "MLD123";

    /// <summary>Weights that are zero and stay zero, or stay alike.</summary>
    public const string ZeroWeights = "MLD201";

    /// <summary>Initial weights of a layer are on a scale at which the network cannot start.</summary>
    public const string InitialScale = "MLD202";

    /// <summary>A layer that should shift has no bias.</summary>
    public const string MissingBias = "MLD203";

    /// <summary>An activation stands between the last layer and the softmax of the loss.</summary>
    public const string ActivationBeforeSoftmax = "MLD204";

    /// <summary>Batch normalisation is given too few elements to normalise.</summary>
    public const string SmallBatchNorm = "MLD205";

    /// <summary>Batch normalisation stands where dropout spoils its statistics, or where nothing follows.</summary>
    public const string BatchNormOrder = "MLD206";

    /// <summary>Plain dropout stands among convolutions.</summary>
    public const string DropoutInConvolution = "MLD207";

    /// <summary>Weight decay pulls on biases and normalisation parameters.</summary>
    public const string DecayedBias = "MLD208";

    /// <summary>Stochastic gradient descent runs without momentum.</summary>
    public const string NoMomentum = "MLD209";

    /// <summary>A cross-entropy that takes logits is given probabilities.</summary>
    public const string ProbabilitiesIntoCrossEntropy = "MLD210";

    /// <summary>A loss that takes probabilities or their logarithms is given something else.</summary>
    public const string LogitsIntoProbabilityLoss = "MLD211";

    /// <summary>The last activation cannot reach the targets.</summary>
    public const string OutputRange = "MLD212";

    /// <summary>Dropout makes the variance that batch normalisation meets in evaluation another than in training.</summary>
    public const string VarianceShift = "MLD213";

    /// <summary>Units of a layer start alike and stay alike.</summary>
    public const string SymmetricWeights = "MLD214";

    /// <summary>What a Kullback-Leibler divergence is given are no log-probabilities.</summary>
    public const string DivergenceInput = "MLD215";

    /// <summary>The target of a Kullback-Leibler divergence is not what its log_target says.</summary>
    public const string DivergenceTarget = "MLD216";

    /// <summary>Output and target of a loss have shapes that are stretched against each other.</summary>
    public const string BroadcastLoss = "MLD217";

    /// <summary>A loss is summed over the batch, so that the step grows with it.</summary>
    public const string SummedLoss = "MLD218";

    /// <summary>A softmax runs over a dimension of one.</summary>
    public const string OneClassSoftmax = "MLD219";

    /// <summary>Modules or parameters of a network are not registered with it.</summary>
    public const string UnregisteredModules = "MLD220";

    /// <summary>Parameters are trained by no optimizer.</summary>
    public const string ParametersNotOptimized = "MLD221";

    /// <summary>One weight is listed twice and is updated twice.</summary>
    public const string TiedWeights = "MLD222";

    /// <summary>A network is trained while it is in evaluation mode.</summary>
    public const string EvalModeInTraining = "MLD223";

    /// <summary>The training loss has fallen to nothing, and nothing was learned by it.</summary>
    public const string LossCollapse = "MLD301";

    /// <summary>The learning rate is too large.</summary>
    public const string LearningRateTooLarge = "MLD302";

    /// <summary>Gradients explode.</summary>
    public const string ExplodingGradient = "MLD303";

    /// <summary>Gradients vanish on their way to the first layers.</summary>
    public const string VanishingGradient = "MLD304";

    /// <summary>A loss, a gradient or a parameter is not finite.</summary>
    public const string NonFinite = "MLD305";

    /// <summary>Every epoch brings the same batches in the same order.</summary>
    public const string FixedBatchOrder = "MLD306";

    /// <summary>Far more batches of a training loop hold a single class than shuffled rows would give.</summary>
    public const string OneLabelBatch = "MLD307";

    /// <summary>Units of a layer get no gradient any more.</summary>
    public const string DeadUnits = "MLD308";

    /// <summary>The loss does not fall.</summary>
    public const string NotLearning = "MLD309";

    /// <summary>The loss before the first step is far from that of a guess.</summary>
    public const string InitialLoss = "MLD310";

    /// <summary>The learning rate is too small.</summary>
    public const string LearningRateTooSmall = "MLD311";

    /// <summary>A single batch throws the loss far above what it was.</summary>
    public const string LossSpike = "MLD312";

    /// <summary>The model is surer of its answers than they deserve.</summary>
    public const string Overconfidence = "MLD401";

    /// <summary>Validation rows are answered far better than test rows.</summary>
    public const string ValidationTestGap = "MLD402";

    /// <summary>A loss that cannot be negative is.</summary>
    public const string NegativeLoss = "MLD403";

    /// <summary>A model is dead: parameters or scores that are not finite, or one answer for every row.</summary>
    public const string DeadModel = "MLD404";

    /// <summary>What is called a probability is none.</summary>
    public const string InvalidProbabilities = "MLD405";

    /// <summary>The batch size changes how well a model generalises, as a sweep measured it.</summary>
    public const string BatchSizeEffect = "MLD501";

    /// <summary>An option of a trainer is outside the range in which it can train.</summary>
    public const string OptionOutOfRange = "MLD601";

    /// <summary>A GPU was asked for that is not there.</summary>
    public const string DeviceAbsent = "MLD602";

    /// <summary>The file of pretrained weights is not there yet.</summary>
    public const string WeightsFileAbsent = "MLD603";

    /// <summary>Two packages were loaded that do not work together.</summary>
    public const string VersionMismatch = "MLD604";

    /// <summary>A trainer threw, for a cause that is known.</summary>
    public const string FitFailed = "MLD605";

    /// <summary>The loss, the gradients or the weights left the numbers while training ran.</summary>
    public const string FitDiverged = "MLD606";

    /// <summary>The trainer warned of something in its log only.</summary>
    public const string TrainerWarnings = "MLD607";

    /// <summary>Images whose boxes do not have four coordinates per label.</summary>
    public const string BoxCoordinates = "MLD608";

    /// <summary>Answers that do not stand where their index says.</summary>
    public const string AnswerSpan = "MLD609";

    /// <summary>Sentences with fewer labels than words.</summary>
    public const string TokenLabels = "MLD610";

    /// <summary>Texts that are empty, or longer than the network reads.</summary>
    public const string TextLength = "MLD611";

    /// <summary>A trainer was fitted again for another number of classes, which breaks its earlier model.</summary>
    public const string SharedOptions = "MLD612";
}
